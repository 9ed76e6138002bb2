import type { Announcement, AnnouncementReason } from '../../game/announcements/announcements.table.ts';
import type { Outlet, OutletProblem } from '../../game/announcements/outlets.table.ts';

/** What an operator reads of a state; what there is to do about it stands in docs/operations.md. */
const STATES: Readonly<Record<Announcement['state'], string>> = {
  pending: 'waits for its turn, or is under way',
  inbox: 'waits for the player’s next command',
  sent: 'told',
  folded: 'told, as one of the number in a digest',
  undeliverable: 'will not be told',
  unknown: 'may have been told',
};

const REASONS: Readonly<Record<AnnouncementReason, string>> = {
  noWayOpen: 'no way to whom it is for was open',
  shownInInbox: 'shown after a command of theirs',
  malformed: 'Discord called the message malformed; the log has its reason',
  notShowable: 'nothing can show it any more',
  turnedOff: 'an admin turned announcements off before',
  leftServer: 'the bot is not in the server any more',
  foreignChannel: 'the channel belongs to another server',
  outcomeUnknown: 'Discord did not say whether it arrived, and the bot could not look',
};

const PROBLEMS: Readonly<Record<OutletProblem, string>> = {
  channelGone: 'the channel does not exist any more',
  missingAccess: 'the bot cannot see the channel',
  missingPermissions: 'the bot may not write in the channel',
  refused: 'Discord refuses messages there',
  directMessagesClosed: 'the person takes no direct messages',
};

/** What it means that an announcement is in a state. */
export function meaningOf(state: Announcement['state'], reason: AnnouncementReason | null): string {
  return reason === null ? STATES[state] : `${STATES[state]}: ${REASONS[reason]}`;
}

/** Why the bot cannot write in a channel, and what Discord said about it. */
export function whyPaused({ problem, detail }: Outlet): string {
  const why = problem === null ? 'nobody knows why' : PROBLEMS[problem];
  return detail === null ? why : `${why} (${firstLine(detail)})`;
}

/** The beginning of an error, which may be long. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
