import { itemCrafted } from '../../../../src/events/itemCrafted.ts';
import { DomainListener } from '../../../../src/pieces/domain-listener.ts';

/** Kills the bot inside the transaction, before it commits. */
export class KillInItemCrafted extends DomainListener<typeof itemCrafted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, itemCrafted);
  }

  override handle(): void {
    process.kill(process.pid, 'SIGKILL');
  }
}
