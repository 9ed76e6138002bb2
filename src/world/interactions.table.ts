import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from './table-notes.ts';

/**
 * The interactions that were acted on, so that one which Discord delivers twice acts once (rule R1); and the reactions
 * that counted, so that one which is taken back and given again counts once.
 */
export const interactions = sqliteTable('interactions', {
  id: text().primaryKey(),
  seenAt: integer('seen_at').notNull(),
});

noteTable(interactions, { scope: 'world', mentions: 'deleted' });
