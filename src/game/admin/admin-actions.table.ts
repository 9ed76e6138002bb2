import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { events } from '../../world/events.table.ts';
import { noteTable } from '../../world/table-notes.ts';

/** What those who run a server did there: who, whom it concerns, and whether it was taken back. The event says the rest. */
export const adminActions = sqliteTable(
  'admin_actions',
  {
    eventId: text('event_id')
      .primaryKey()
      .references(() => events.id),
    guildId: text('guild_id').notNull(),
    /** Who did it. */
    adminId: text('admin_id').notNull(),
    /** Whom it concerns; null where it is the whole server. */
    userId: text('user_id'),
    /** The action that was taken back by this one. */
    undoes: text().references(() => events.id),
    /** The action by which this one was taken back: each is once. */
    undoneBy: text('undone_by').references(() => events.id),
    occurredAt: integer('occurred_at').notNull(),
  },
  (table) => [index('admin_actions_by_time').on(table.guildId, table.occurredAt)],
);

noteTable(adminActions, { ownRows: 'anonymized' });
