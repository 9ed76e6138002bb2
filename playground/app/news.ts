import type { MessageView, PageEvents, Trail, WorldView } from '../page/protocol.ts';
import { say } from './notice.ts';
import { dropMessage, putMessage, readCommands, readWorld } from './reading.ts';
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
  trail: putTrail,
  inside: (inside: PageEvents['inside']) => {
    state.inside = inside;
    changed();
  },
};

function merge(part: Partial<WorldView>): void {
  if (state.world) state.world = { ...state.world, ...part };
  changed();
}

function putTrail(trail: Trail): void {
  const others = state.trails.filter(({ id }) => id !== trail.id);
  state.trails = [...others, trail].sort((left, right) => right.at - left.at).slice(0, TRAILS_KEPT);
  changed();
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
  const pings = pinged.userIds.includes(state.me) || pinged.everyone ? 1 : 0;
  state.unread.set(channelId, (state.unread.get(channelId) ?? 0) + pings);
  // Direct messages that were just opened are not in the list yet.
  if (!serverWith(channelId) && state.world?.direct !== channelId) void readWorld().catch(say);
  changed();
}
