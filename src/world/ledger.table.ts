import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { events } from './events.table.ts';
import { noteTable } from './table-notes.ts';

/** Every change of what somebody has, with the event that caused it. Rows are only ever added (rule R6). */
export const ledger = sqliteTable(
  'ledger',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    /** `xp`, or `item:` and the item's id. */
    asset: text().notNull(),
    change: integer().notNull(),
    eventId: text('event_id')
      .notNull()
      .references(() => events.id),
    occurredAt: integer('occurred_at').notNull(),
  },
  (table) => [
    check('ledger_changes_something', sql`${table.change} <> 0`),
    index('ledger_of_person').on(table.guildId, table.userId, table.asset),
  ],
);

/** What everybody has now: the sums of the ledger, kept beside it so that they can be read at once. */
export const balances = sqliteTable(
  'balances',
  {
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    asset: text().notNull(),
    quantity: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.guildId, table.userId, table.asset] }),
    check('balances_not_negative', sql`${table.quantity} >= 0`),
  ],
);

noteTable(ledger, { ownRows: 'anonymized', isOnlyAddedTo: true });
noteTable(balances, { ownRows: 'anonymized' });
