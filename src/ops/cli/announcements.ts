import { parseArgs } from 'node:util';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { ANNOUNCEMENT_STATES, type Announcement } from '../../game/announcements/announcements.table.ts';
import { Outlets } from '../../game/announcements/outlets.ts';
import {
  type AnnouncementFilter,
  countFates,
  type ListedAnnouncement,
  listAnnouncements,
  messagesUnderWay,
  waitingByPlace,
} from '../../game/announcements/overview.ts';
import { MOST_INVALID_ANSWERS, Pacing } from '../../game/announcements/pacing.ts';
import { Settings } from '../../game/settings/settings.ts';
import { firstLine, meaningOf, whyPaused } from './announcement-words.ts';
import { withReader } from './beside-bot.ts';
import { run, say, UsageError } from './command.ts';
import { pageOf, serverOf, spanOf } from './parameters.ts';

const USAGE = `npm run announcements -- [--state STATE] [--server ID] [--since 24h]
npm run announcements -- list [--state STATE] [--server ID] [--since 24h] [--page N]

          what became of all that was to be told in the last day, which channels are paused and why, which messages are
          under way, and whether Discord refuses too much
  list    single announcements, the oldest first

  --state   ${ANNOUNCEMENT_STATES.join(', ')}
  --since   such as 24h, 90m or 7d`;

const PAGE = 100;

const OPTIONS = {
  state: { type: 'string' },
  server: { type: 'string' },
  since: { type: 'string', default: '24h' },
} as const;

await run(USAGE, { list }, summarize);

function summarize(parameters: string[]): number {
  const { values } = parseArgs({ args: parameters, options: OPTIONS });
  return withReader((db, now) => {
    const filter = filterOf(values, now);
    const parts = [
      fates(db, filter, values.since),
      pausedChannels(db, filter.guildId),
      underWay(db, filter.guildId),
      [invalidAnswers(db, now)],
    ];
    say(parts.map((lines) => lines.join('\n')).join('\n\n'));
    return 0;
  });
}

function list(parameters: string[]): number {
  const options = { ...OPTIONS, page: { type: 'string', default: '1' } } as const;
  const { values } = parseArgs({ args: parameters, options });
  const page = pageOf(values.page);
  return withReader((db, now) => {
    const filter = filterOf(values, now);
    const offset = (page - 1) * PAGE;
    const total = countFates(db, filter).reduce((sum, { count }) => sum + count, 0);
    const shown = listAnnouncements(db, filter, { offset, limit: PAGE });
    for (const announcement of shown) say(lineOf(announcement));
    if (shown.length === 0) say(total === 0 ? `Nothing in the last ${values.since}.` : `Only ${total}.`);
    const left = total - offset - shown.length;
    if (left > 0) say(`… and ${left} more: --page ${page + 1}`);
    return 0;
  });
}

function fates(db: BetterSQLite3Database, filter: AnnouncementFilter, since: string): string[] {
  const counts = countFates(db, filter);
  if (counts.length === 0) return [`Nothing was to be told in the last ${since}.`];
  const rows = counts.map(({ audience, state, reason, count }) => [
    audience,
    state,
    reason ?? '',
    count.toLocaleString('en'),
    meaningOf(state, reason),
  ]);
  return [
    `What was to be told in the last ${since}:`,
    ...table([['for', 'state', 'reason', 'how many', 'which means'], ...rows]),
  ];
}

function pausedChannels(db: BetterSQLite3Database, guildId: string | undefined): string[] {
  const paused = new Outlets().paused(db, guildId);
  if (paused.length === 0) return ['No channel is paused.'];
  const waiting = waitingByPlace(db);
  const lines = paused.map((outlet) => {
    const { id, since, probeAt } = outlet;
    const count = waiting.get(id)?.count ?? 0;
    const next = probeAt === null ? '' : `, tried again ${moment(probeAt)}`;
    return `${id} in server ${outlet.guildId}: ${whyPaused(outlet)}; since ${moment(since)}, ${count} waiting there${next}`;
  });
  return [`Paused channels: ${paused.length}`, ...firstOf(lines)];
}

function underWay(db: BetterSQLite3Database, guildId: string | undefined): string[] {
  const messages = messagesUnderWay(db).filter((each) => guildId === undefined || each.guildId === guildId);
  if (messages.length === 0) return ['No message is under way.'];
  const lines = messages.map(({ id, outletId, guildId: server, frozenAt, attempts, retryAt, reason }) => {
    const next = retryAt === null ? '' : `, next ${moment(retryAt)}`;
    const error = reason === null ? '' : `: ${firstLine(reason)}`;
    return `${id} to ${outletId} of server ${server}, since ${moment(frozenAt)}, tries: ${attempts}${next}${error}`;
  });
  return [`Messages under way: ${messages.length}`, ...firstOf(lines)];
}

function invalidAnswers(db: BetterSQLite3Database, now: number): string {
  const pacing = new Pacing(new Settings());
  const consequence = pacing.isRefusedTooOften(db, now)
    ? 'Nothing is sent until there are fewer.'
    : 'Sending goes on.';
  const count = pacing.invalidAnswers(db, now);
  return `Answers of 401, 403 or 429 in the last ten minutes: ${count} of ${MOST_INVALID_ANSWERS}. ${consequence}`;
}

function lineOf(announcement: ListedAnnouncement): string {
  const { occurredAt, audience, subject, guildId, userId, outletId } = announcement;
  const { state, reason, discordMessageId } = announcement;
  const message = discordMessageId === null ? '' : `, message ${discordMessageId}`;
  const which = `${moment(occurredAt)} ${audience} ${subject.kind} ${state} ${reason ?? '-'}`;
  return `${which} (${meaningOf(state, reason)}): server ${guildId}, user ${userId}, to ${outletId}${message}`;
}

/** @throws UsageError when one of these is none */
function filterOf(
  { state, server, since }: { state?: string | undefined; server?: string | undefined; since: string },
  now: number,
): AnnouncementFilter {
  return { since: now - spanOf(since), state: stateOf(state), guildId: serverOf(server) };
}

function stateOf(text: string | undefined): Announcement['state'] | undefined {
  const state = ANNOUNCEMENT_STATES.find((each) => each === text);
  if (text === undefined || state !== undefined) return state;
  throw new UsageError(`"${text}" is no state; there are: ${ANNOUNCEMENT_STATES.join(', ')}.`);
}

/** Columns as wide as what stands in them. */
function table(rows: readonly (readonly string[])[]): string[] {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

function firstOf(lines: readonly string[]): string[] {
  const shown = lines.slice(0, PAGE).map((line) => `  ${line}`);
  return lines.length > PAGE ? [...shown, `  … and ${lines.length - PAGE} more`] : shown;
}

function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
