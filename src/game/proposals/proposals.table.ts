import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from '../../world/table-notes.ts';

/** What a player was asked to confirm. Each is accepted once, however often its button is pressed. */
export const proposals = sqliteTable(
  'proposals',
  {
    id: text().primaryKey(),
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    /** What it is about, such as `salvage`. */
    kind: text().notNull(),
    /** What exactly would be done. */
    facts: text({ mode: 'json' }).$type<unknown>().notNull(),
    state: text({ enum: ['open', 'accepted', 'declined'] }).notNull(),
    madeAt: integer('made_at').notNull(),
  },
  (table) => [index('proposals_by_age').on(table.madeAt)],
);

export type Proposal = typeof proposals.$inferSelect;

noteTable(proposals, { mentions: 'deleted', exported: false });
