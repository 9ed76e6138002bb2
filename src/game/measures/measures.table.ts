import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { noteTable } from '../../world/table-notes.ts';

/** How far each player is with what is counted. */
export const measureCounts = sqliteTable(
  'measure_counts',
  {
    /** The id of the measure. */
    measure: text().notNull(),
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    /** A whole number for most; with three decimals where what is counted has fractions. */
    value: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.guildId, table.userId, table.measure] }),
    index('measure_counts_by_value').on(table.measure, table.value),
  ],
);

/** What was seen already, where different things are counted. */
export const measureFacts = sqliteTable(
  'measure_facts',
  {
    measure: text().notNull(),
    guildId: text('guild_id').notNull(),
    userId: text('user_id').notNull(),
    fact: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.guildId, table.userId, table.measure, table.fact] })],
);

// Counted again from the events: another world may count other things.
noteTable(measureCounts, { exported: false });
noteTable(measureFacts, { exported: false });
