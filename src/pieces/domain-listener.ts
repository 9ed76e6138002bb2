import { container, Listener } from '@sapphire/framework';
import type { EventOf } from '../events/define-event.ts';
import type { Dispatch, DomainEvent, EventDefinition } from '../world/event.ts';
import type { Tx } from '../world/transaction.ts';

/**
 * A reaction to a domain event, found in `src/listeners/domain`. It runs inside the transaction that published
 * the event, in a savepoint of its own (rule R2): it is synchronous, touches only the database, does not depend on
 * other listeners, and uses the event's time and `tx.random`, so that a retry hours later does the same.
 */
export abstract class DomainListener<Definition extends EventDefinition = EventDefinition> extends Listener {
  readonly definition: Definition;

  constructor(context: Listener.LoaderContext, definition: Definition) {
    // Sapphire's type asks for Node's emitter; it uses `on`, `off` and `getMaxListeners`, which the bus has.
    const emitter = container.bus.emitter as unknown as NonNullable<Listener.Options['emitter']>;
    super(context, { emitter, event: definition.name });
    this.definition = definition;
  }

  /** What the listener does about the event. What it throws undoes only its own writes, and is tried again later. */
  abstract handle(event: EventOf<Definition>, tx: Tx): void;

  /** Called by the bus. Errors end in the transaction, never in Sapphire's `listenerError`. */
  override run(dispatch: Dispatch<EventOf<Definition>>): void {
    dispatch.deliver(this.name, (event, tx) => this.handle(event, tx));
  }

  /** Handles an event that was read from the log, in whatever version it was written. */
  handleStored(event: DomainEvent, tx: Tx): void {
    const { name, version } = this.definition;
    if (event.name !== name) throw new Error(`${this.name} hears ${name} now, and this is ${event.name}.`);
    const data = this.definition.read(event.data, event.version);
    // The definition has just made sure that this is its event.
    this.handle({ ...event, version, data } as EventOf<Definition>, tx);
  }
}

export declare namespace DomainListener {
  type LoaderContext = Listener.LoaderContext;
}
