import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from '../../world/table-notes.ts';

/** That somebody asked to have the whole world looked through for them, so that they don't do so again and again. */
export const privacyRequests = sqliteTable(
  'privacy_requests',
  {
    /** A mark of this world in the place of their id: whoever was forgotten is not named by it. */
    mark: text().notNull(),
    what: text({ enum: ['export', 'delete'] }).notNull(),
    askedAt: integer('asked_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.mark, table.what] })],
);

export type PrivacyRequest = typeof privacyRequests.$inferSelect;

noteTable(privacyRequests, { scope: 'world' });
