import type { Clock } from '../../world/clock.ts';
import { describe } from '../../world/errors.ts';
import type { DomainEvent } from '../../world/event.ts';
import type { SeenRequest, Thrown, TransactionWatch } from '../../world/watch.ts';
import {
  type By,
  bounded,
  type EventNote,
  type ListenerNote,
  type RequestedJobNote,
  rounded,
  type TransactionNote,
} from './notes.ts';

/** No note tells of more than so many events, or jobs. */
const MOST_ENTRIES = 100;

export interface TransactionOrigin {
  readonly id: string;
  readonly cause: string;
  readonly interactionId?: string;
  readonly within?: string | undefined;
}

interface SeenEvent {
  readonly event: DomainEvent;
  readonly by: By | undefined;
  readonly listeners: ListenerNote[];
}

interface SeenJob {
  readonly request: SeenRequest;
  readonly by: By | undefined;
}

/** Writes down one transaction, and tells of it when it is over. */
export class TransactionRecorder implements TransactionWatch {
  readonly #origin: TransactionOrigin;
  readonly #clock: Clock;
  readonly #tell: (note: TransactionNote) => void;
  readonly #at: number;
  readonly #began = performance.now();
  readonly #events: SeenEvent[] = [];
  readonly #listeners = new Map<string, ListenerNote[]>();
  readonly #jobs: SeenJob[] = [];
  /** The listener at work, or the one that has just failed. */
  #by: By | undefined;

  constructor(origin: TransactionOrigin, clock: Clock, tell: (note: TransactionNote) => void) {
    this.#origin = origin;
    this.#clock = clock;
    this.#tell = tell;
    this.#at = clock.toMachineTime(clock.now());
  }

  published(event: DomainEvent): void {
    this.#see(event);
  }

  hear(event: DomainEvent, listener: string): (thrown?: Thrown) => void {
    const at = this.#clock.toMachineTime(this.#clock.now());
    const began = performance.now();
    // The event of a repeated try was published long ago.
    const listeners = this.#listeners.get(event.id) ?? this.#see(event);
    const published = this.#events.length;
    const requested = this.#jobs.length;
    this.#by = { eventId: event.id, listener };
    return (thrown) => {
      const took = rounded(performance.now() - began);
      // Who threw has undone what it did; what is asked for next is its next try.
      if (thrown) {
        for (const undone of this.#events.splice(published)) this.#listeners.delete(undone.event.id);
        this.#jobs.length = requested;
      } else this.#by = undefined;
      const error = thrown && describe(thrown.error);
      listeners.push({ name: listener, ok: !thrown, at, took, ...(error === undefined ? {} : { error }) });
    };
  }

  requested(request: SeenRequest): void {
    this.#jobs.push({ request, by: this.#by });
  }

  ended(thrown?: Thrown): void {
    const { within, ...origin } = this.#origin;
    const listeners = this.#events.reduce((sum, event) => sum + event.listeners.length, 0);
    const told = this.#events.slice(0, MOST_ENTRIES).map((event) => this.#eventNote(event));
    const jobs = this.#jobs.slice(0, MOST_ENTRIES).map((job) => this.#jobNote(job));
    const toldListeners = told.reduce((sum, event) => sum + event.listeners.length, 0);
    this.#tell({
      kind: 'transaction',
      ...origin,
      ...(within === undefined ? {} : { within }),
      at: this.#at,
      took: rounded(performance.now() - this.#began),
      outcome: thrown ? 'rolledBack' : 'committed',
      ...(thrown ? { error: describe(thrown.error) } : {}),
      events: told,
      jobs,
      more: this.#events.length - told.length + (this.#jobs.length - jobs.length) + listeners - toldListeners,
    });
  }

  #see(event: DomainEvent): ListenerNote[] {
    const listeners: ListenerNote[] = [];
    this.#events.push({ event, by: this.#by, listeners });
    this.#listeners.set(event.id, listeners);
    return listeners;
  }

  #eventNote({ event, by, listeners }: SeenEvent): EventNote {
    const { id, name, guildId, userId, occurredAt, causeId, data } = event;
    return {
      id,
      name,
      guildId,
      userId,
      occurredAt: this.#clock.toMachineTime(occurredAt),
      causeId,
      data: bounded(data),
      ...(by ? { by } : {}),
      listeners: listeners.slice(0, MOST_ENTRIES),
    };
  }

  #jobNote({ request, by }: SeenJob): RequestedJobNote {
    const { task, id, key, payload, runAt } = request;
    const dueAt = this.#clock.toMachineTime(runAt);
    return { task, id, key, dueAt, payload: bounded(payload), ...(by ? { by } : {}) };
  }
}
