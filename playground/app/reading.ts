import type { ChannelContents, Inside, MessageView, WorldView } from '../page/protocol.ts';
import { ask } from './server.ts';
import { changed, state } from './state.ts';

/** How many worlds were asked for, and which of them is shown: one that comes late must not replace a newer one. */
let asked = 0;
let shown = 0;

/** What became of messages while the channel was read: nothing of one that was deleted. */
const heard = new Map<string, MessageView | undefined>();

/** Reads who and what is there. An answer for somebody whom one is no longer is dropped. */
export async function readWorld(): Promise<void> {
  const mine = ++asked;
  const { me } = state;
  const world = await ask<WorldView>('world', { as: me });
  if (me !== state.me || mine < shown) return;
  shown = mine;
  state.world = world;
  changed();
}

/** Reads what was said in the channel, and what may be done there. */
export async function readChannel(): Promise<void> {
  const { me, channelId } = state;
  heard.clear();
  const contents = channelId === '' ? NOTHING : await askFor(me, channelId);
  if (me !== state.me || channelId !== state.channelId) return;
  state.commands = contents.commands;
  state.messages = withWhatWasHeard(contents.messages);
  changed();
}

/** Reads what may be done in the channel. */
export async function readCommands(): Promise<void> {
  const { me, channelId } = state;
  if (channelId === '') return;
  const { commands } = await askFor(me, channelId);
  if (me !== state.me || channelId !== state.channelId) return;
  state.commands = commands;
  changed();
}

/** For each reading of the inside that is under way: what was heard of it meanwhile. */
const readings = new Set<(() => void)[]>();

/** Reads what is seen inside the bot. */
export async function readInside(): Promise<void> {
  const heardMeanwhile: (() => void)[] = [];
  readings.add(heardMeanwhile);
  try {
    const { trails, state: inside } = await ask<Inside>('inside');
    state.trails = [...trails];
    state.inside = inside;
    for (const take of heardMeanwhile) take();
    changed();
  } finally {
    readings.delete(heardMeanwhile);
  }
}

/** Takes what is heard of the inside: news of what is known, and therefore once more when that was just being read. */
export function hearInside(take: () => void): void {
  take();
  for (const heardMeanwhile of readings) heardMeanwhile.push(take);
  changed();
}

/** A message of this channel is new, or another one now. */
export function putMessage(message: MessageView): void {
  if (state.dismissed.has(message.id)) return;
  heard.set(message.id, message);
  const index = state.messages.findIndex(({ id }) => id === message.id);
  state.messages = index === -1 ? [...state.messages, message] : state.messages.with(index, message);
  changed();
}

/** A message is gone. */
export function dropMessage(messageId: string): void {
  heard.set(messageId, undefined);
  state.messages = state.messages.filter(({ id }) => id !== messageId);
  changed();
}

const NOTHING: ChannelContents = { messages: [], commands: [] };

function askFor(me: string, channelId: string): Promise<ChannelContents> {
  return ask<ChannelContents>('channel', { as: me, in: channelId });
}

/** What was read, with what was heard of it meanwhile. */
function withWhatWasHeard(messages: readonly MessageView[]): MessageView[] {
  const known = new Set(messages.map(({ id }) => id));
  const newer = [...heard.values()].filter((message) => message && !known.has(message.id));
  const current = messages.map((message) => (heard.has(message.id) ? heard.get(message.id) : message));
  return [...current, ...newer].flatMap((message) =>
    message && !state.dismissed.has(message.id) ? [message] : [],
  );
}
