/**
 * What the bot tells the process that started it, as plain JSON. Times are the machine's, in milliseconds UTC, and how
 * long something took is in milliseconds.
 */
export type Note = StartNote | TransactionNote | RunNote | RequestNote | StateNote | AnswerNote | GapNote;

/** The bot has begun to start. */
export interface StartNote {
  readonly kind: 'start';
  readonly pid: number;
  readonly at: number;
}

/** A transaction is over. */
export interface TransactionNote {
  readonly kind: 'transaction';
  readonly id: string;
  readonly cause: string;
  readonly interactionId?: string;
  /** The key of the job in which it happened. */
  readonly within?: string;
  readonly at: number;
  readonly took: number;
  readonly outcome: 'committed' | 'rolledBack';
  readonly error?: string;
  readonly events: readonly EventNote[];
  readonly jobs: readonly RequestedJobNote[];
  /** How many events, listeners and jobs there were beyond those. */
  readonly more: number;
}

export interface EventNote {
  readonly id: string;
  readonly name: string;
  readonly guildId: string;
  readonly userId: string | null;
  readonly occurredAt: number;
  readonly causeId: string;
  readonly data: unknown;
  /** The listener that published it. */
  readonly by?: By;
  readonly listeners: readonly ListenerNote[];
}

/** A listener at work on an event. */
export interface By {
  readonly eventId: string;
  readonly listener: string;
}

export interface ListenerNote {
  readonly name: string;
  readonly ok: boolean;
  readonly at: number;
  readonly took: number;
  readonly error?: string;
}

export interface RequestedJobNote {
  readonly task: string;
  readonly id: string;
  readonly key: string;
  readonly dueAt: number;
  readonly payload: unknown;
  /** The listener that asked for it, or that has failed and is tried again by it. */
  readonly by?: By;
}

/** A run of a job has begun or ended. */
export interface RunNote {
  readonly kind: 'run';
  /** Tells the runs of one process apart. */
  readonly run: number;
  readonly key: string;
  readonly task: string;
  readonly state: 'started' | 'ended' | 'failed';
  readonly at: number;
  readonly took?: number;
  readonly error?: string;
}

/** Discord was asked something. */
export interface RequestNote {
  readonly kind: 'request';
  readonly method: string;
  /** Such as `/channels/1200000000000000100/messages`, without the tokens of interactions. */
  readonly path: string;
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly at: number;
  readonly took: number;
  readonly error?: string;
  /** The key of the job in which it happened. */
  readonly within?: string;
}

/** So many jobs, and so many deliveries of each kind, are told of: the next ones. */
export const MOST_ROWS = 100;

/** What the bot waits for. */
export interface StateNote {
  readonly kind: 'state';
  readonly queue: {
    readonly connected: boolean;
    readonly problem: string | null;
    readonly running: number;
    readonly ready: number;
    readonly waiting: number;
    /** Jobs whose last run failed; they are tried again. */
    readonly failed: number;
  };
  readonly outbox: readonly {
    readonly task: string;
    readonly id: string;
    readonly dueAt: number;
    readonly payload: unknown;
    readonly handed: boolean;
  }[];
  readonly deliveries: readonly {
    readonly event: string;
    readonly listener: string;
    readonly state: string;
    readonly attempts: number;
    readonly nextAt: number | null;
    readonly error: string | null;
  }[];
}

/** What became of something that the bot was asked to do. */
export type AnswerNote = { readonly kind: 'answer'; readonly ask: number } & (
  | { readonly result: unknown }
  | { readonly error: string }
);

/** So many notes were left out, because nobody read them. */
export interface GapNote {
  readonly kind: 'gap';
  readonly left: number;
  /** The numbers of the runs that are still under way: how others have ended may be among what was left out. */
  readonly runs: readonly number[];
}

/** A longer payload is cut. */
const MOST_CHARACTERS = 4_000;

/** A value as JSON can carry it; of one that is long, its beginning. */
export function bounded(value: unknown): unknown {
  const text = JSON.stringify(value) ?? 'null';
  if (text.length <= MOST_CHARACTERS) return value ?? null;
  return { cut: text.slice(0, MOST_CHARACTERS) };
}

/** Milliseconds with two digits. */
export function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
