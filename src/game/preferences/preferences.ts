import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { preferenceChanged } from '../../events/preferenceChanged.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import type { PreferenceDefinition } from './definitions.ts';
import { playerPreferences } from './player-preferences.table.ts';

/** What players have chosen for themselves, in each server anew. */
export class Preferences {
  /** The value in force: what was chosen, or the default. A stored value that no longer fits counts as not chosen. */
  get<Value>(
    db: BetterSQLite3Database,
    { guildId, userId }: Holder,
    definition: PreferenceDefinition<Value>,
  ): Value {
    const row = findPreference(db).get({ guildId, userId, name: definition.name });
    if (!row) return definition.default;
    const result = definition.schema.safeParse(JSON.parse(row.value));
    return result.success ? result.data : definition.default;
  }

  /**
   * Notes what a player chose.
   *
   * @throws ZodError when the value isn't possible
   */
  set<Value>(
    tx: Tx,
    { guildId, userId }: Holder,
    definition: PreferenceDefinition<Value>,
    value: Value,
  ): void {
    const before = this.get(tx.db, { guildId, userId }, definition);
    const after = definition.schema.parse(value);
    if (before === after) return;
    const stored = { value: JSON.stringify(after), changedAt: tx.now };
    tx.db
      .insert(playerPreferences)
      .values({ guildId, userId, name: definition.name, ...stored })
      .onConflictDoUpdate({
        target: [playerPreferences.guildId, playerPreferences.userId, playerPreferences.name],
        set: stored,
      })
      .run();
    tx.publish(preferenceChanged, { guildId, userId, data: { preference: definition.name, before, after } });
  }
}

const { placeholder } = sql;

const findPreference = prepared((db) =>
  db
    .select({ value: playerPreferences.value })
    .from(playerPreferences)
    .where(
      and(
        eq(playerPreferences.guildId, placeholder('guildId')),
        eq(playerPreferences.userId, placeholder('userId')),
        eq(playerPreferences.name, placeholder('name')),
      ),
    )
    .prepare(),
);
