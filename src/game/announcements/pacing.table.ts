import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from '../../world/table-notes.ts';

/** How much of each ceiling over all channels is used up; kept, so that a restart is no way around it. */
export const ceilings = sqliteTable('ceilings', {
  name: text().primaryKey(),
  /** When all that was let through would have been sent at the steady rate: the "theoretical arrival time" of GCRA. */
  usedUpTo: integer('used_up_to').notNull(),
  /** The last moment that was given to somebody to come back at. */
  promisedTo: integer('promised_to').notNull(),
  /** Nothing is let through before this, since Discord said so. */
  restUntil: integer('rest_until'),
});

/** How many of Discord's answers in each minute were 401, 403 or 429. */
export const invalidAnswers = sqliteTable('invalid_answers', {
  /** Minutes since 1970. */
  minute: integer().primaryKey(),
  count: integer().notNull(),
});

noteTable(ceilings, { scope: 'world' });
noteTable(invalidAnswers, { scope: 'world' });
