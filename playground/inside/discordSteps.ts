import type { RequestNote } from '../../src/ops/inspection/notes.ts';
import type {
  InteractionRecord,
  LogEntry,
  LoopbackDiscord,
  MessageRecord,
  RequestHappening,
} from '../discord/index.ts';
import { interactionTitle } from './interactionTitle.ts';
import type { Spot } from './trailBuilder.ts';
import type { Trails } from './trails.ts';

/** Nobody follows what a person types while they type. */
const AUTOCOMPLETE = 4;

/** So many requests are remembered until the bot has told from where they came. */
const MOST_UNCLAIMED = 200;

const ANSWERS: Readonly<Record<string, string>> = {
  message: 'Answer',
  deferred: 'Thinking…',
  deferredUpdate: 'Taken note of',
  updated: 'Message changed',
  modal: 'Form',
};

type Happened<Kind extends LogEntry['kind']> = Extract<LogEntry, { kind: Kind }>;

/** What Discord saw of each story: interactions and their answers, requests, messages. */
export class DiscordSteps {
  readonly #discord: LoopbackDiscord;
  readonly #trails: Trails;
  readonly #answers = new WeakMap<InteractionRecord, Spot>();
  /** What the bot asked, until it says in which job that was. */
  readonly #unclaimed: Happened<'request'>[] = [];

  constructor(discord: LoopbackDiscord, trails: Trails) {
    this.#discord = discord;
    this.#trails = trails;
  }

  /** Takes what is in Discord's log. */
  see(entry: LogEntry): void {
    if (entry.kind === 'interaction') this.#interaction(entry);
    if (entry.kind === 'dispatch' && entry.event === 'INTERACTION_CREATE') this.#details(entry.data);
    if (entry.kind === 'request') this.#request(entry);
  }

  /** Takes what the bot tells of a request, and puts both sides of it together. */
  note(note: RequestNote): void {
    const seen = this.#claim(note);
    const spot = this.#trails.placeOf(note);
    if (!spot) return;
    const { method, path, status, at, took, error } = note;
    const step = this.#trails.add(spot, {
      kind: 'request',
      title: requestTitle(method, path, status ?? 'no answer'),
      state: status !== null && status < 400 ? 'done' : 'failed',
      at,
      took,
      ...(seen?.body === undefined ? {} : { payload: seen.body }),
      ...(error === undefined ? {} : { error }),
    });
    const message = seen && seen.status < 300 ? this.#messageOf(seen) : undefined;
    if (message) this.#addMessage(step, message, at);
  }

  #interaction({ what, interactionId, at }: Happened<'interaction'>): void {
    if (what === 'sent') {
      this.#begin(interactionId, at);
      return;
    }
    const spot = this.#trails.interaction(interactionId);
    const record = this.#record(interactionId);
    if (!spot || !record) return;
    const took = at - record.createdAt;
    if (what !== 'answered') {
      this.#trails.change(spot, { state: 'failed', took, error: 'The application did not respond' });
      return;
    }
    const { answer, channelId } = record;
    const kind = answer?.kind ?? 'message';
    this.#trails.change(spot, { state: 'done', took });
    const step = this.#trails.add(spot, {
      kind: 'answer',
      title: ANSWERS[kind] ?? kind,
      state: 'done',
      at,
      took,
      ...(answer && 'messageId' in answer ? { place: { channelId, messageId: answer.messageId } } : {}),
    });
    this.#answers.set(record, step);
  }

  #begin(interactionId: string, at: number): void {
    const record = this.#record(interactionId);
    if (!record || record.type === AUTOCOMPLETE) return;
    const { userId, channelId } = record;
    const title = this.#titleOf(record, undefined);
    this.#trails.beginInteraction(interactionId, {
      title,
      userId,
      channelId,
      root: { kind: 'interaction', title, state: 'running', at },
    });
  }

  /** What of an interaction is known only when it goes to the bot. */
  #details(payload: unknown): void {
    const { id, data } = payload as { readonly id: string; readonly data: unknown };
    const spot = this.#trails.interaction(id);
    const record = this.#record(id);
    if (!spot || !record) return;
    this.#trails.rename(spot, this.#titleOf(record, data));
    this.#trails.change(spot, { payload: data });
  }

  #request(entry: Happened<'request'>): void {
    const { path } = entry;
    const [, kind, id = '', token = ''] = path.split('/');
    if (kind !== 'interactions' && kind !== 'webhooks') {
      this.#unclaimed.push(entry);
      if (this.#unclaimed.length > MOST_UNCLAIMED) this.#unclaimed.shift();
      return;
    }
    const record = this.#discord.directory.interactions.get(token);
    const spot = record && this.#trails.interaction(record.id);
    if (!spot) return;
    const answer = this.#answers.get(record);
    if (kind === 'interactions' && entry.status < 300 && answer) {
      this.#trails.change(answer, { payload: entry.body });
      return;
    }
    const step = this.#trails.add(spot, {
      kind: 'request',
      title: requestTitle(entry.method, path.replace(`/${id}/${token}`, '/…'), entry.status),
      state: entry.status < 400 ? 'done' : 'failed',
      at: entry.at,
      ...(entry.body === undefined ? {} : { payload: entry.body }),
    });
    const [, named = record.followUpIds.at(-1)] = /\/messages\/(.+)$/.exec(path) ?? [];
    const messageId = named === '@original' ? record.originalId : (named ?? record.originalId);
    const message = this.#discord.directory.message(record.channelId, messageId ?? '');
    if (message && entry.status < 300) this.#addMessage(step, message, entry.at);
  }

  #claim({ method, path, status }: RequestNote): Happened<'request'> | undefined {
    const decoded = decodeURIComponent(path);
    const index = this.#unclaimed.findIndex(
      (entry) => entry.method === method && entry.path === decoded && entry.status === status,
    );
    return index < 0 ? undefined : this.#unclaimed.splice(index, 1)[0];
  }

  /** The message that a request made or changed. */
  #messageOf({ path, method, body }: RequestHappening): MessageRecord | undefined {
    const [, , channelId = '', messageId] = /^\/(channels)\/(\d+)\/messages(?:\/(\d+))?$/.exec(path) ?? [];
    if (messageId) return this.#discord.directory.message(channelId, messageId);
    if (method !== 'POST') return undefined;
    const messages = [...(this.#discord.directory.channels.get(channelId)?.messages.values() ?? [])];
    const { nonce } = body as { readonly nonce?: unknown };
    const { applicationId } = this.#discord;
    return messages.findLast((message) =>
      nonce === undefined ? message.authorId === applicationId : message.nonce === nonce,
    );
  }

  #addMessage(spot: Spot, { channelId, id, content, embeds }: MessageRecord, at: number): void {
    this.#trails.add(spot, {
      kind: 'message',
      title: this.#nameOf(channelId),
      state: 'done',
      at,
      payload: { content, embeds },
      place: { channelId, messageId: id },
    });
  }

  #nameOf(channelId: string): string {
    const channel = this.#discord.directory.channels.get(channelId);
    if (channel?.kind === 'guild') return `Message in #${channel.name}`;
    const person = channel && this.#discord.directory.users.get(channel.userId);
    return person ? `Message to ${person.name}` : 'Message';
  }

  #titleOf(record: InteractionRecord, data: unknown): string {
    const { channelId, messageId = '' } = record;
    return interactionTitle(record, data, this.#discord.directory.message(channelId, messageId));
  }

  #record(interactionId: string): InteractionRecord | undefined {
    for (const record of this.#discord.directory.interactions.values())
      if (record.id === interactionId) return record;
    return undefined;
  }
}

function requestTitle(method: string, path: string, became: number | string): string {
  return `${method} ${path.replace(/\d{15,}/g, '…')} → ${became}`;
}
