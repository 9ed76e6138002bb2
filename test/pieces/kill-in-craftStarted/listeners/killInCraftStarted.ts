import { craftStarted } from '../../../../src/events/craftStarted.ts';
import { DomainListener } from '../../../../src/pieces/domain-listener.ts';

/** Kills the bot inside the transaction, before it commits. */
export class KillInCraftStarted extends DomainListener<typeof craftStarted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, craftStarted);
  }

  override handle(): void {
    process.kill(process.pid, 'SIGKILL');
  }
}
