import { craftStarted } from '../../../../src/events/craftStarted.ts';
import type { EventOf } from '../../../../src/events/define-event.ts';
import { DomainListener } from '../../../../src/pieces/domain-listener.ts';
import type { Tx } from '../../../../src/world/transaction.ts';

/** Asks for a job for each craft that is started. */
export class AskForGate extends DomainListener<typeof craftStarted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, craftStarted);
  }

  override handle({ data }: EventOf<typeof craftStarted>, tx: Tx): void {
    tx.request({ task: 'waitAtGate', id: data.craftId, payload: {} });
  }
}
