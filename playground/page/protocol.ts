/** What the page is told of the bot's inside. Types only: the browser imports them with `import type`. */

/** One step of what an action set off. */
export interface TrailStep {
  /** Stays the same while the step changes; unique in its trail. */
  readonly id: string;
  /** The step that led to this one; null for the first. */
  readonly parentId: string | null;
  readonly kind:
    | 'interaction'
    | 'answer'
    | 'transaction'
    | 'event'
    | 'listener'
    | 'job'
    | 'run'
    | 'request'
    | 'message';
  /** Such as `/craft`, `craftStarted`, `grantXp`, `completeCrafting`, `POST /channels/…/messages → 200`. */
  readonly title: string;
  readonly state: 'done' | 'waiting' | 'running' | 'failed';
  /** When it began, in milliseconds UTC. */
  readonly at: number;
  /** How long it took, in milliseconds. */
  readonly took?: number;
  /** When a job is due, in milliseconds UTC. */
  readonly dueAt?: number;
  /** Why it failed. */
  readonly error?: string;
  /** What a click shows. */
  readonly payload?: unknown;
  /** Where a message is. */
  readonly place?: { readonly channelId: string; readonly messageId: string };
}

/** The story of one action, from an interaction (or a job, or a start of the bot) on. */
export interface Trail {
  readonly id: string;
  readonly title: string;
  readonly userId: string | null;
  readonly channelId: string | null;
  readonly at: number;
  /** A step comes after the one that led to it. */
  readonly steps: readonly TrailStep[];
}

/** What the bot is waiting for. */
export interface InsideState {
  readonly queue: {
    readonly connected: boolean;
    readonly problem: string | null;
    readonly running: number;
    readonly ready: number;
    readonly waiting: number;
    readonly failed: number;
  };
  /** What the world still waits for. */
  readonly outbox: readonly {
    readonly task: string;
    readonly id: string;
    readonly dueAt: number;
    readonly payload?: unknown;
  }[];
  /** Listeners that failed on an event. */
  readonly deliveries: readonly {
    readonly event: string;
    readonly listener: string;
    readonly state: string;
    readonly attempts: number;
    readonly nextAt: number | null;
    readonly error: string | null;
  }[];
}

/** What `GET /play/inside` answers: the newest trail first. */
export interface Inside {
  readonly trails: readonly Trail[];
  readonly state: InsideState;
}
