import { desc } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from '../../world/table-notes.ts';

/** How much each player has of what a leaderboard counts, in each period. Made from the event log, and from nothing else. */
export const scores = sqliteTable(
  'scores',
  {
    guildId: text('guild_id').notNull(),
    /** Such as `xp` or `crafts`. */
    board: text().notNull(),
    /** `all`, `month:2026-11`, or `week:` with its Monday: `week:2026-11-23`. */
    period: text().notNull(),
    userId: text('user_id').notNull(),
    value: integer().notNull(),
    /** When this much was reached: who was there first is ahead. */
    reachedAt: integer('reached_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.guildId, table.board, table.period, table.userId] }),
    index('scores_in_order').on(
      table.guildId,
      table.board,
      table.period,
      desc(table.value),
      table.reachedAt,
      table.userId,
    ),
  ],
);

noteTable(scores, { ownRows: 'anonymized', exported: false });
