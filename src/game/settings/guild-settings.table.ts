import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { jsonText } from '../../world/json-text.ts';
import { noteTable } from '../../world/table-notes.ts';

/** What admins have set, one row a setting; what has no row has its default. */
export const guildSettings = sqliteTable(
  'guild_settings',
  {
    guildId: text('guild_id').notNull(),
    name: text().notNull(),
    /** JSON, `null` among it; what was never set has no row. */
    value: text().notNull(),
    changedAt: integer('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.name] })],
);

noteTable(guildSettings, { shapes: { value: jsonText } });
