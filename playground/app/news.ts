import type { MessageView, Trail, WorldView } from '../page/protocol.ts';
import { say } from './notice.ts';
import { dropMessage, hearInside, putMessage, readCommands, readWorld } from './reading.ts';
import type { Handlers } from './server.ts';
import { changed, serverWith, state } from './state.ts';

const TRAILS_KEPT = 50;

/** What is done about what happens, but for places, which may go from under one's feet. */
export const news: Omit<Handlers, 'places'> = {
  message: hear,
  deleted: ({ messageId }) => dropMessage(messageId),
  bot: (bot) => merge({ bot }),
  bending: (bending) => merge({ bending }),
  commands: () => void readCommands().catch(say),
  page: () => location.reload(),
  trail: (trail) => hearInside(() => putTrail(trail)),
  inside: (inside) =>
    hearInside(() => {
      state.inside = inside;
    }),
};

function merge(part: Partial<WorldView>): void {
  if (state.world) state.world = { ...state.world, ...part };
  changed();
}

/** Puts what is new of a story to what is known of it. */
function putTrail(trail: Trail): void {
  const known = state.trails.find(({ id }) => id === trail.id);
  const others = state.trails.filter((other) => other !== known);
  // A step that has changed stays where it was.
  const steps = new Map([...(known?.steps ?? []), ...trail.steps].map((step) => [step.id, step]));
  const whole = { ...trail, steps: [...steps.values()] };
  state.trails = [...others, whole].sort((left, right) => right.at - left.at).slice(0, TRAILS_KEPT);
}

function hear(message: MessageView): void {
  if (message.channel_id === state.channelId) putMessage(message);
  else if (isNews(message)) noteUnread(message);
}

/** Whether somebody else has said something new. */
function isNews({ fresh, author, used }: MessageView): boolean {
  return fresh && author.id !== state.me && used?.userId !== state.me;
}

function noteUnread({ channel_id: channelId, pinged }: MessageView): void {
  const isDirect = !serverWith(channelId);
  const pings = isDirect || pinged.userIds.includes(state.me) || pinged.everyone ? 1 : 0;
  state.unread.set(channelId, (state.unread.get(channelId) ?? 0) + pings);
  // Direct messages that were just opened are not in the list yet.
  if (isDirect && state.world?.direct !== channelId) void readWorld().catch(say);
  changed();
}
