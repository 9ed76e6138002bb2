import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from './table-notes.ts';

/** What is true of this world as a whole: its id and the secret that its chance is seeded with. */
export const worldFacts = sqliteTable('world_facts', {
  name: text().primaryKey(),
  value: text().notNull(),
});

noteTable(worldFacts, { scope: 'world' });
