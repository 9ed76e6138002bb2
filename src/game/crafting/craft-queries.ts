import { and, desc, eq, getTableColumns, max, sql } from 'drizzle-orm';
import { prepared } from '../../world/prepared.ts';
import { crafts, OPEN } from './crafts.table.ts';

const { placeholder } = sql;

const isOfPlayer = and(eq(crafts.guildId, placeholder('guildId')), eq(crafts.userId, placeholder('userId')));

/** One craft. */
export const findCraft = prepared((db) =>
  db
    .select()
    .from(crafts)
    .where(eq(crafts.id, placeholder('id')))
    .prepare(),
);

/** What somebody has at work or waiting, in the order in which it was ordered. */
export const listOpen = prepared((db) =>
  db.select().from(crafts).where(and(isOfPlayer, OPEN)).orderBy(crafts.place).prepare(),
);

/** What somebody finished lately, the latest first. */
export const listFinished = prepared((db) =>
  db
    .select()
    .from(crafts)
    .where(and(isOfPlayer, eq(crafts.state, 'completed')))
    .orderBy(desc(crafts.completesAt), desc(crafts.place))
    .limit(placeholder('limit'))
    .prepare(),
);

/** What of somebody's work ends next. Of what ends at the same time, the one that was ordered first. */
export const findNextDue = prepared((db) =>
  db
    .select({ id: crafts.id, at: sql<number>`${crafts.completesAt}` })
    .from(crafts)
    .where(and(isOfPlayer, eq(crafts.state, 'active')))
    .orderBy(crafts.completesAt, crafts.place)
    .limit(1)
    .prepare(),
);

/** The place of what somebody ordered last. */
export const findLastPlace = prepared((db) =>
  db
    .select({ place: max(crafts.place) })
    .from(crafts)
    .where(isOfPlayer)
    .prepare(),
);

export const insertCraft = prepared((db) => {
  const columns = Object.keys(getTableColumns(crafts)).map((name) => [name, placeholder(name)]);
  // Every column under its own name: what the compiler cannot see through `fromEntries`.
  return db
    .insert(crafts)
    .values(Object.fromEntries(columns) as typeof crafts.$inferInsert)
    .prepare();
});
