import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from './table-notes.ts';

/** What is derived from the event log, and how far each has read it. */
export const projections = sqliteTable('projections', {
  name: text().primaryKey(),
  /** From which event on it hears what happens as it happens; its replay ends there, so that nothing counts twice. */
  liveFrom: integer('live_from').notNull(),
  /** The last event that its replay has read; at `liveFrom - 1` the replay is over. */
  replayedTo: integer('replayed_to').notNull(),
});

noteTable(projections, { scope: 'world' });
