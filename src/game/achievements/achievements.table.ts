import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Who has earned what, and when. */
export const unlockedAchievements = sqliteTable(
  'unlocked_achievements',
  {
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    achievementId: text('achievement_id').notNull(),
    unlockedAt: integer('unlocked_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.userId, table.achievementId] })],
);
