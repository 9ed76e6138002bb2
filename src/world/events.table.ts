import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from './table-notes.ts';

/** What happened, in the order in which it was published. Rows are only ever added. */
export const events = sqliteTable('events', {
  sequence: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  name: text().notNull(),
  version: integer().notNull(),
  guildId: text('guild_id').notNull(),
  userId: text('user_id'),
  occurredAt: integer('occurred_at').notNull(),
  causeId: text('cause_id').notNull(),
  data: text({ mode: 'json' }).$type<unknown>().notNull(),
});

noteTable(events, { ownRows: 'anonymized', isOnlyAddedTo: true, isNeverAlone: true });
