import type { Complaint } from './errors.ts';

/** One thing that happened, in the order in which it happened. */
export type LogEntry = { readonly seq: number; readonly at: number } & Happening;

/** A request of the bot's and what it was told. `earned` is false where a fault made the answer. */
export interface RequestHappening {
  readonly kind: 'request';
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly status: number;
  readonly code?: number;
  readonly body?: unknown;
  readonly earned: boolean;
}

/** What the log holds. */
export type Happening =
  | RequestHappening
  /** The bot hung up before it was answered; `handled` says whether the request had an effect. */
  | { readonly kind: 'lost'; readonly method: string; readonly path: string; readonly handled: boolean }
  | {
      readonly kind: 'dispatch';
      readonly event: string;
      readonly guildId?: string;
      readonly sessions: number;
      readonly data: unknown;
    }
  | {
      readonly kind: 'gateway';
      readonly what: 'connected' | 'identified' | 'resumed' | 'invalidated' | 'closed' | 'refused';
      readonly code?: number;
      readonly sessionId?: string;
    }
  | {
      readonly kind: 'message';
      readonly what: 'created' | 'updated' | 'deleted';
      readonly channelId: string;
      readonly messageId: string;
    }
  | {
      readonly kind: 'interaction';
      readonly what: 'sent' | 'answered' | 'unanswered' | 'failed';
      readonly interactionId: string;
    }
  | { readonly kind: 'commands'; readonly guildId?: string; readonly names: readonly string[] }
  | { readonly kind: 'place'; readonly what: string; readonly id: string }
  | Refusal;

/** A body or request that Discord would not have taken. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly complaints: readonly Complaint[];
}

/** An append-only list of what happened, with listeners. With a limit it forgets the oldest entries. */
export class Log {
  readonly #now: () => number;
  readonly #limit: number;
  readonly #entries: LogEntry[] = [];
  readonly #listeners = new Set<(entry: LogEntry) => void>();
  #seq = 0;

  constructor(now: () => number, limit: number = Number.POSITIVE_INFINITY) {
    this.#now = now;
    this.#limit = limit;
  }

  /** What happened, oldest first. */
  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  /** Entries of one kind, oldest first. */
  of<Kind extends LogEntry['kind']>(kind: Kind): Extract<LogEntry, { kind: Kind }>[] {
    return this.#entries.filter((entry): entry is Extract<LogEntry, { kind: Kind }> => entry.kind === kind);
  }

  append(happening: Happening): void {
    this.#seq += 1;
    const entry: LogEntry = { seq: this.#seq, at: this.#now(), ...happening };
    this.#entries.push(entry);
    if (this.#entries.length > this.#limit * 1.1) this.#entries.splice(0, this.#entries.length - this.#limit);
    for (const listener of [...this.#listeners]) listener(entry);
  }

  /** Calls back after each new entry, until the returned function is called. */
  subscribe(listener: (entry: LogEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
