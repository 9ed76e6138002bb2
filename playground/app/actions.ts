import type { ChannelContents, Inside, MessageView, Outcome, Trail, WorldView } from '../page/protocol.ts';
import { ask, listen, Refused, tell, Unanswered, wordsFor } from './server.ts';
import { changed, names, placeName, serverWith, state } from './state.ts';

/** Whom and where a newcomer is at first. */
const FIRST_PERSON = 'Mira';
const FIRST_CHANNEL = 'workshop';
const TRAILS_KEPT = 50;

let stopListening = () => {};
let lineId = 0;

/** Where there is less room than this, a panel lies over the messages: none is open at first. */
const NARROW = '(max-width: 60rem)';

/** Opens the page where the address says, or where a newcomer begins. */
export async function start(): Promise<void> {
  if (matchMedia(NARROW).matches) state.panel = null;
  const { people } = await ask<WorldView>('world', { as: '' });
  const [person = '', channel = FIRST_CHANNEL] = location.hash.slice(1).split('/').map(decodeURIComponent);
  const somebody = people.filter(({ bot }) => !bot);
  const me =
    somebody.find(({ id, name }) => id === person || name === person) ??
    somebody.find(({ name }) => name === FIRST_PERSON) ??
    somebody[0];
  if (!me) throw new Error('There is nobody to be.');
  await become(me.id, channel);
}

/**
 * Goes on as another person.
 *
 * @param channel the id or name of where to; else where one is, if that person sees it
 */
export async function become(personId: string, channel?: string): Promise<void> {
  state.me = personId;
  state.unread.clear();
  state.form = undefined;
  stopListening();
  stopListening = listen(personId, HANDLERS, lost, () => void again());
  await reloadWorld();
  await enter(channelFor(channel ?? state.channelId));
  await reloadInside().catch(say);
}

/** Looks at a channel. */
export async function enter(channelId: string): Promise<void> {
  state.channelId = channelId;
  state.serverId = serverWith(channelId)?.id ?? null;
  state.unread.delete(channelId);
  state.placesShown = false;
  state.messages = [];
  history.replaceState(null, '', `#${state.me}/${channelId}`);
  document.title = `${placeName() || 'Forgeling'} · Forgeling playground`;
  await reloadChannel();
}

/** Reads who and what is there. */
export async function reloadWorld(): Promise<void> {
  state.world = await ask<WorldView>('world', { as: state.me });
  const isGone = !serverWith(state.channelId) && state.world.direct !== state.channelId;
  if (state.channelId !== '' && isGone) await enter(channelFor(''));
  changed();
}

/** Where a person begins who sees no channel of this name. */
function channelFor(wanted: string): string {
  const channels = state.world?.servers.flatMap((server) => server.channels) ?? [];
  const found =
    channels.find(({ id }) => id === wanted) ?? channels.find(({ name }) => name === wanted) ?? channels[0];
  if (wanted !== '' && wanted === state.world?.direct) return wanted;
  return found?.id ?? state.world?.direct ?? '';
}

async function reloadChannel(): Promise<void> {
  const channelId = state.channelId;
  if (channelId === '') {
    state.commands = [];
    changed();
    return;
  }
  const { messages, commands } = await ask<ChannelContents>('channel', { as: state.me, in: channelId });
  if (channelId !== state.channelId) return;
  state.commands = commands;
  state.messages = messages.filter(({ id }) => !state.dismissed.has(id));
  changed();
}

async function reloadInside(): Promise<void> {
  const { trails, state: inside } = await ask<Inside>('inside');
  state.trails = [...trails];
  state.inside = inside;
  changed();
}

// What happens

const HANDLERS = {
  message: hear,
  deleted: ({ messageId }: { readonly messageId: string }) => {
    state.messages = state.messages.filter(({ id }) => id !== messageId);
    changed();
  },
  bot: (bot: WorldView['bot']) => merge({ bot }),
  bending: (bending: WorldView['bending']) => merge({ bending }),
  commands: () => void reloadCommands().catch(say),
  places: () => void reloadWorld().catch(say),
  page: () => location.reload(),
  trail: (trail: Trail) => {
    const others = state.trails.filter(({ id }) => id !== trail.id);
    state.trails = [...others, trail].sort((left, right) => right.at - left.at).slice(0, TRAILS_KEPT);
    changed();
  },
  inside: (inside: Inside['state']) => {
    state.inside = inside;
    changed();
  },
};

function merge(part: Partial<WorldView>): void {
  if (state.world) state.world = { ...state.world, ...part };
  changed();
}

function hear(message: MessageView): void {
  if (state.dismissed.has(message.id)) return;
  if (message.channel_id !== state.channelId) {
    noteUnread(message);
    return;
  }
  const index = state.messages.findIndex(({ id }) => id === message.id);
  state.messages = index === -1 ? [...state.messages, message] : state.messages.with(index, message);
  changed();
}

function noteUnread({ channel_id: channelId, pinged, edited_timestamp: edited }: MessageView): void {
  if (edited) return;
  const pings = pinged.userIds.includes(state.me) || pinged.everyone ? 1 : 0;
  state.unread.set(channelId, (state.unread.get(channelId) ?? 0) + pings);
  // Direct messages that were just opened are not in the list yet.
  if (!serverWith(channelId) && state.world?.direct !== channelId) void reloadWorld().catch(say);
  changed();
}

async function reloadCommands(): Promise<void> {
  if (state.channelId === '') return;
  const { commands } = await ask<ChannelContents>('channel', { as: state.me, in: state.channelId });
  state.commands = commands;
  changed();
}

function lost(): void {
  state.isLost = true;
  changed();
}

async function again(): Promise<void> {
  state.isLost = false;
  await reloadWorld();
  await reloadChannel();
  await reloadInside();
}

// What a person does

/** Who does it, and where. */
export function place() {
  return { as: state.me, channel: state.channelId };
}

/** Presses a button, or chooses in a select, of a message. */
export async function use(message: MessageView, customId: string, values?: readonly string[]): Promise<void> {
  const key = busyKey(message.id, customId);
  if (state.busy.has(key)) return;
  state.busy.add(key);
  changed();
  const at = { ...place(), message: message.id, customId };
  try {
    finish(await (values ? tell('select', { ...at, values }) : tell('press', at)));
  } catch (error) {
    addLine('This interaction failed', wordsFor(error));
  } finally {
    state.busy.delete(key);
    changed();
  }
}

/** What a component that waits for an answer is remembered under. */
export function busyKey(messageId: string, customId: string): string {
  return `${messageId}/${customId}`;
}

/**
 * Runs a command, with a line while the bot has not answered, and another one if it does not.
 *
 * @throws Refused, with what was wrong with it
 */
export async function run(
  command: string,
  options: Parameters<typeof tell<'command'>>[1]['options'],
): Promise<void> {
  const title = `${names.person(state.me)} used ${command}`;
  const line = addLine(title, 'Sending command…', true);
  try {
    finish(await tell('command', { ...place(), command, options: options ?? {} }));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    addLine(title, error.message);
  } finally {
    dropLine(line);
  }
}

/** Sends a form. */
export async function submit(values: Parameters<typeof tell<'submit'>>[1]['values']): Promise<void> {
  const { form } = state;
  if (!form) return;
  try {
    const answer = await tell('submit', { ...place(), interaction: form.interactionId, values });
    state.form = undefined;
    finish(answer);
  } catch (error) {
    const words =
      error instanceof Refused ? error.message : `Something went wrong. Try again. (${wordsFor(error)})`;
    state.form = { ...form, trouble: words };
  }
  changed();
}

/** Adds a reaction, or takes one's own back. */
export async function react(message: MessageView, emoji: string, remove: boolean): Promise<void> {
  await tell('react', { ...place(), message: message.id, emoji, remove }).catch(say);
}

/** Takes an ephemeral message off the page. */
export function dismiss(messageId: string): void {
  state.dismissed.add(messageId);
  state.messages = state.messages.filter(({ id }) => id !== messageId);
  changed();
}

/** Takes a line of the page's own away. */
export function dropLine(id: number): void {
  state.lines = state.lines.filter((line) => line.id !== id);
  changed();
}

/** Says something to who uses the page. */
export function notice(words: string): void {
  state.notice = words;
  changed();
}

/** Says what went wrong. */
export function say(error: unknown): void {
  notice(wordsFor(error));
}

function addLine(title: string, words: string, isWaiting = false): number {
  const id = ++lineId;
  state.lines = [...state.lines, { id, channelId: state.channelId, title, words, isWaiting }];
  changed();
  return id;
}

function finish(answer: Outcome): void {
  if (answer.kind !== 'modal') return;
  state.form = { modal: answer.modal, interactionId: answer.interactionId, trouble: '' };
  changed();
}
