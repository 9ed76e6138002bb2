import type { DomainEvent } from './event.ts';

/** How something ended that threw. */
export interface Thrown {
  readonly error: unknown;
}

/** A job that was asked for. */
export interface SeenRequest {
  readonly task: string;
  readonly id: string;
  readonly key: string;
  readonly payload: unknown;
  /** When it is due now, in the world's time. */
  readonly runAt: number;
}

/** Sees one transaction from its beginning to its end. Nothing here may throw. */
export interface TransactionWatch {
  published(event: DomainEvent): void;
  /** A listener is given an event. Call what is returned when it has ended: what threw has lost whatever it did. */
  hear(event: DomainEvent, listener: string): (thrown?: Thrown) => void;
  requested(request: SeenRequest): void;
  /** It was committed, or rolled back for what was thrown. */
  ended(thrown?: Thrown): void;
}

/** Looks on while things happen in a world; for development. */
export interface WorldObserver {
  begin(cause: { readonly cause: string; readonly interactionId?: string }): TransactionWatch;
}
