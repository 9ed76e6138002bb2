import { sql } from 'drizzle-orm';
import { craftStarted } from '../../../../src/events/craftStarted.ts';
import type { EventOf } from '../../../../src/events/define-event.ts';
import { DomainListener } from '../../../../src/pieces/domain-listener.ts';
import type { Tx } from '../../../../src/world/transaction.ts';
import { isSwitchedOn } from '../../fault-switch.ts';

const UNLIMITED = 1_073_741_823;

/** Meets a full database as long as the fault is there: SQLite may then not grow by a single page. */
export class FillTheDisk extends DomainListener<typeof craftStarted> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, craftStarted);
  }

  override handle({ guildId }: EventOf<typeof craftStarted>, tx: Tx): void {
    const most = isSwitchedOn('full') ? 1 : UNLIMITED;
    tx.db.get(sql.raw(`PRAGMA max_page_count = ${most}`));
    if (most === UNLIMITED) return;
    const large = 'x'.repeat(100_000);
    tx.db.run(sql`INSERT INTO daily_counts VALUES (${guildId}, ${large}, 'testEffect', 1)`);
  }
}
