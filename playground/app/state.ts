import type { APIApplicationCommand, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type {
  ChannelView,
  InsideState,
  MessageView,
  PersonView,
  ServerView,
  Trail,
  WorldView,
} from '../page/protocol.ts';

/** What stands in the panel at the right. */
export const PANELS = ['people', 'inside', 'world', 'scenes'] as const;
export type Panel = (typeof PANELS)[number];

/** A line that only this page knows of: a command under way, or one that was not answered. */
export interface LocalLine {
  readonly id: number;
  readonly channelId: string;
  readonly title: string;
  readonly words: string;
  readonly isWaiting: boolean;
  /** The message that was the newest when it was said, or 0; nothing where that is not known. */
  readonly afterId: string | undefined;
}

/** A form that is open. */
export interface OpenForm {
  readonly modal: APIModalInteractionResponseCallbackData;
  readonly interactionId: string;
  readonly trouble: string;
  readonly isSending: boolean;
}

/** Where there is less room than this, a panel lies over the messages. */
export const NARROW = '(max-width: 60rem)';

/** What the page shows. Whoever changes it calls {@link changed}. */
export const state = {
  /** Whom one is. */
  me: '',
  world: undefined as WorldView | undefined,
  channelId: '',
  /** The server that is looked at; null: direct messages. */
  serverId: null as string | null,
  commands: [] as readonly APIApplicationCommand[],
  messages: [] as MessageView[],
  lines: [] as LocalLine[],
  /** Ephemeral messages that were dismissed. */
  dismissed: new Set<string>(),
  /** Channels in which something was said since they were last looked at, with how often one was mentioned. */
  unread: new Map<string, number>(),
  /** Custom ids (with their message's id) that wait for an answer. */
  busy: new Set<string>() as ReadonlySet<string>,
  form: undefined as OpenForm | undefined,
  panel: 'people' as Panel | null,
  /** Whether the list of channels is shown where there is little room. */
  placesShown: false,
  /** A sentence about what was just done, or what is wrong. */
  notice: '',
  trails: [] as Trail[],
  inside: undefined as InsideState | undefined,
  /** Whether the server can be reached. */
  isLost: false,
};

const listeners = new Set<() => void>();
let isPlanned = false;

/** Draws the page anew, soon and once. */
export function changed(): void {
  if (isPlanned) return;
  isPlanned = true;
  queueMicrotask(() => {
    isPlanned = false;
    for (const listener of listeners) listener();
  });
}

/** Calls back after changes. @returns how to stop */
export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const leavers = new Set<() => void>();

/** Calls back when one goes elsewhere, or on as somebody else: what was begun there ends. */
export function onMove(listener: () => void): void {
  leavers.add(listener);
}

/** One goes elsewhere. */
export function moved(): void {
  for (const listener of leavers) listener();
}

/** Somebody by their id. */
export function personOf(id: string): PersonView | undefined {
  return state.world?.people.find((person) => person.id === id);
}

/** The server that is looked at. */
export function currentServer(): ServerView | undefined {
  return state.world?.servers.find(({ id }) => id === state.serverId);
}

/** The channel that is looked at; nothing for direct messages. */
export function currentChannel(): ChannelView | undefined {
  return currentServer()?.channels.find(({ id }) => id === state.channelId);
}

/** Which server a channel is in. */
export function serverWith(channelId: string): ServerView | undefined {
  return state.world?.servers.find(({ channels }) => channels.some(({ id }) => id === channelId));
}

/** What the place is called. */
export function placeName(): string {
  const channel = currentChannel();
  if (channel) return `#${channel.name}`;
  return state.serverId === null ? 'Forgeling' : '';
}

/** What mentions are called. */
export const names = {
  person: (id: string) => personOf(id)?.name ?? 'unknown person',
  role: (id: string) =>
    state.world?.servers.flatMap(({ roles }) => roles).find((role) => role.id === id)?.name ?? 'unknown role',
  channel: (id: string) =>
    state.world?.servers.flatMap(({ channels }) => channels).find((channel) => channel.id === id)?.name ??
    'unknown channel',
};

/** The colour of somebody's name: that of the highest of their roles here that has one. */
export function colourOf(personId: string): string | undefined {
  const server = currentServer();
  const held = server?.members.find(({ userId }) => userId === personId)?.roleIds ?? [];
  const role = server?.roles.find(({ id, color }) => color !== 0 && held.includes(id));
  // Mixed with the text's colour, so that it can be read on light and on dark ground.
  return role ? `color-mix(in oklab, ${hex(role.color)} 50%, var(--text))` : undefined;
}

/** A colour as CSS has it. */
export function hex(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}
