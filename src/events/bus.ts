import type { Dispatch, EventDispatcher } from '../world/event.ts';
import type { DomainEventName, DomainEvents } from './define-event.ts';
import { type Emitter, mitt } from './mitt.ts';

/** What travels on the bus under each event's name. */
export type BusEvents = {
  [Name in DomainEventName]: Dispatch<DomainEvents[Name]>;
};

/** The emitter that carries domain events from a transaction to the listeners, synchronously. */
export interface EventBus extends EventDispatcher {
  /** What a Sapphire listener is given as its `emitter`: mitt, with the one method more that Sapphire asks for. */
  readonly emitter: Emitter<BusEvents> & { getMaxListeners(): number };
}

/** Makes an event bus. It keeps no state but who listens. */
export function createEventBus(): EventBus {
  const emitter = Object.assign(mitt<BusEvents>(), { getMaxListeners: () => 0 });
  return {
    emitter,
    dispatch: (dispatch) => {
      // Which data belongs to which name is checked where the event is published.
      emitter.emit(dispatch.event.name as DomainEventName, dispatch as BusEvents[DomainEventName]);
    },
  };
}
