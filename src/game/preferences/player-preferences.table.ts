import { eq } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { jsonText } from '../../world/json-text.ts';
import { noteTable } from '../../world/table-notes.ts';
import { leaderboardListing } from './definitions.ts';

/** What players have chosen for themselves, one row a preference; what has no row has its default. */
export const playerPreferences = sqliteTable(
  'player_preferences',
  {
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    name: text().notNull(),
    /** JSON. */
    value: text().notNull(),
    changedAt: integer('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.userId, table.name] })],
);

// Whoever is not listed must not be listed when somebody nameless has taken their place.
noteTable(playerPreferences, {
  keptRows: eq(playerPreferences.name, leaderboardListing.name),
  shapes: { value: jsonText },
});
