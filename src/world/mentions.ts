import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';

/*
 * Where an id stands in a text: by itself, whatever is around it. Within a longer number it is a part of another id.
 */

/** Whether an id stands in a column. */
export function mentions(column: SQLiteColumn, id: string): SQL {
  const alone = `*[^0-9]${id.replaceAll(/[*?[]/g, '[$&]')}[^0-9]*`;
  // The pattern is slow, and most rows don't have the id in any way.
  return sql`(instr(${column}, ${id}) > 0 AND ' ' || ${column} || ' ' GLOB ${alone})`;
}

/** Every place where an id stands in a text. */
export function idPattern(id: string): RegExp {
  return new RegExp(`(?<!\\d)${id}(?!\\d)`, 'g');
}
