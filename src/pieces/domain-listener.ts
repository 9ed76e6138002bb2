import { container, Listener } from '@sapphire/framework';
import { type EventOf, upgradeEvent } from '../events/define-event.ts';
import type { Dispatch, DomainEvent, EventDefinition } from '../world/event.ts';
import type { Tx } from '../world/transaction.ts';

/** Under this name mitt gives a listener everything, with the event's own name before it. */
const EVERYTHING = '*';

/**
 * A reaction to one or several domain events, found in `src/listeners/domain`. It runs inside the transaction that
 * published the event, in a savepoint of its own (rule R2): it is synchronous, touches only the database, does not
 * depend on other listeners, and uses the event's time and `tx.random`, so that a retry hours later does the same.
 */
export abstract class DomainListener<Definition extends EventDefinition = EventDefinition> extends Listener {
  /** What it hears; empty for one that hears everything. */
  readonly definitions: readonly Definition[];

  /**
   * Has to be called from a constructor of the listener's own: the store gives a second argument of another kind.
   *
   * @param definitions the events it hears; none to hear everything
   */
  constructor(context: Listener.LoaderContext, ...definitions: readonly Definition[]) {
    // Sapphire's type asks for Node's emitter; it uses `on`, `off` and `getMaxListeners`, which the bus has.
    const emitter = container.bus.emitter as unknown as NonNullable<Listener.Options['emitter']>;
    const [first] = definitions;
    super(context, { emitter, event: first && definitions.length === 1 ? first.name : EVERYTHING });
    this.definitions = definitions;
  }

  /** What the listener does about the event. What it throws undoes only its own writes, and is tried again later. */
  abstract handle(event: EventOf<Definition>, tx: Tx): void;

  /** Whether it has anything to do about an event: one that it doesn't hear costs no savepoint. */
  hears({ name }: DomainEvent): boolean {
    return this.definitions.length === 0 || this.definitions.some((definition) => definition.name === name);
  }

  /** Called by the bus. Errors end in the transaction, never in Sapphire's `listenerError`. */
  override run(...heard: readonly unknown[]): void {
    // The bus carries nothing else; who hears everything is given the event's name before it.
    const dispatch = heard.at(-1) as Dispatch;
    if (!this.hears(dispatch.event)) return;
    // It has just been found to be one of those that the definitions describe.
    dispatch.deliver(this.name, (event, tx) => this.handle(event as EventOf<Definition>, tx));
  }

  /** Handles an event that was read from the log, in whatever version it was written. */
  handleStored(event: DomainEvent, tx: Tx): void {
    // The definition makes sure that this is its event.
    this.handle(this.#upToDate(event) as EventOf<Definition>, tx);
  }

  #upToDate(event: DomainEvent): DomainEvent {
    if (this.definitions.length === 0) return upgradeEvent(event);
    const definition = this.definitions.find(({ name }) => name === event.name);
    if (definition) {
      const { version } = definition;
      return { ...event, version, data: definition.read(event.data, event.version) };
    }
    const names = this.definitions.map(({ name }) => name).join(', ');
    throw new Error(`${this.name} hears ${names} now, and this is ${event.name}.`);
  }
}

export declare namespace DomainListener {
  type LoaderContext = Listener.LoaderContext;
}
