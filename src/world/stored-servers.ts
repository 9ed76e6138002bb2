import { type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { tables } from './tables.ts';

/** Every server of which anything is stored, in whatever table. */
export function storedServers(db: BetterSQLite3Database): string[] {
  return db.all<{ guildId: string }>(STORED).map(({ guildId }) => guildId);
}

const STORED = sql.join(
  tables.flatMap(({ table, guild, notes }) => (guild && !notes.isNeverAlone ? serversIn(table, guild) : [])),
  sql` UNION `,
);

function serversIn(table: SQLiteTable, guild: SQLiteColumn): SQL {
  return leadsAnIndex(table, guild)
    ? stepByStep(table)
    : sql`SELECT guild_id AS guildId FROM ${table} WHERE guild_id IS NOT NULL`;
}

/** From one server to the next by the index, however many rows each of them has. */
function stepByStep(table: SQLiteTable): SQL {
  return sql`SELECT guildId FROM (
    WITH RECURSIVE server(guildId) AS (
      SELECT min(guild_id) FROM ${table}
      UNION ALL
      SELECT (SELECT min(guild_id) FROM ${table} WHERE guild_id > server.guildId) FROM server
        WHERE server.guildId IS NOT NULL
    ) SELECT guildId FROM server WHERE guildId IS NOT NULL)`;
}

/** Whether an index of all rows of a table begins with a column. */
function leadsAnIndex(table: SQLiteTable, column: SQLiteColumn): boolean {
  const { primaryKeys, uniqueConstraints, indexes } = getTableConfig(table);
  const whole = indexes.flatMap(({ config }) => (config.where ? [] : [config.columns]));
  const firsts = [
    ...primaryKeys.map(({ columns }) => columns[0]),
    ...uniqueConstraints.map(({ columns }) => columns[0]),
    ...whole.map(([first]) => first),
  ];
  return column.primary || firsts.includes(column);
}
