import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from './table-notes.ts';

/**
 * The jobs that this world waits for: one row per job key, from the request until a task has ended with the
 * revision it started from (rule R4).
 */
export const outbox = sqliteTable(
  'outbox',
  {
    /** Never used twice, not even after the row is gone: an old run cannot settle a newer request. */
    revision: integer().primaryKey({ autoIncrement: true }),
    key: text().notNull().unique(),
    task: text().notNull(),
    payload: text({ mode: 'json' }).$type<unknown>().notNull(),
    /** When it is due, in the world's time. */
    runAt: integer('run_at').notNull(),
    /** When the queue took it; null while it still has to be handed over. */
    handedAt: integer('handed_at'),
  },
  (table) => [index('outbox_to_hand_over').on(table.runAt).where(sql`handed_at IS NULL`)],
);

noteTable(outbox, { scope: 'world', mentions: 'deleted' });
