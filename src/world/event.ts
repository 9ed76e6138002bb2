import type { Tx } from './transaction.ts';

/** Something that happened in a world. What is particular to its kind is in `data`: ids and plain values. */
export interface DomainEvent<Name extends string = string, Data = unknown> {
  readonly id: string;
  readonly name: Name;
  /** The version of the shape of `data`. */
  readonly version: number;
  readonly guildId: string;
  readonly userId: string | null;
  /** When it happened, in milliseconds UTC: the due time where something happened late. */
  readonly occurredAt: number;
  /** The event, interaction or job that led to this. */
  readonly causeId: string;
  readonly data: Data;
}

/** What a kind of event is called, looks like, and whether its rows are kept. */
export interface EventDefinition<Name extends string = string, Data = unknown> {
  readonly name: Name;
  readonly version: number;
  /** False for what happens too often to keep: such an event gets a row only when a listener failed on it. */
  readonly kept: boolean;
  /**
   * Checks the data of an event and brings data of an older version up to date.
   *
   * @throws when it isn't this event's data
   */
  read(data: unknown, version: number): Data;
}

/** What a publisher says about an event; the transaction adds the rest. */
export interface EventInput<Data> {
  readonly guildId: string;
  readonly userId?: string | null;
  /** Defaults to the transaction's time. */
  readonly occurredAt?: number;
  readonly data: Data;
}

/** An event on its way to a listener, with the transaction that it happens in. */
export interface Dispatch<Event extends DomainEvent = DomainEvent> {
  readonly event: Event;
  /**
   * Runs a listener's code in a savepoint of its own; if it throws, a delivery is recorded. Never throws.
   *
   * @param listener the listener's name, under which a failed delivery is tried again
   */
  deliver(listener: string, handle: (event: Event, tx: Tx) => void): void;
}

/** Hands events to whoever listens; the mitt bus in production. */
export interface EventDispatcher {
  dispatch(dispatch: Dispatch): void;
}
