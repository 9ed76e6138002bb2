import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { events } from './events.table.ts';

/**
 * What a listener still owes an event because it threw. A row goes when the listener has succeeded or when an
 * operator discards it; a pair without a row is settled.
 */
export const deliveries = sqliteTable(
  'deliveries',
  {
    eventId: text('event_id')
      .notNull()
      .references(() => events.id),
    listener: text().notNull(),
    state: text({ enum: ['pending', 'dead'] }).notNull(),
    attempts: integer().notNull(),
    nextAt: integer('next_at').notNull(),
    lastError: text('last_error').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.listener] }),
    index('deliveries_by_state').on(table.state, table.nextAt),
  ],
);
