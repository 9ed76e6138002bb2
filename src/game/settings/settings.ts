import { isDeepStrictEqual } from 'node:util';
import { and, eq, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { EventOf } from '../../events/define-event.ts';
import { settingsChanged } from '../../events/settingsChanged.ts';
import type { Holder } from '../../world/ledger.ts';
import { prepared } from '../../world/prepared.ts';
import type { Tx } from '../../world/transaction.ts';
import { findSetting, type SettingDefinition } from './definitions.ts';
import { guildSettings } from './guild-settings.table.ts';

/** What admins have set for their server. */
export class Settings {
  /** The value in force: what was set, or the default. A stored value that no longer fits counts as not set. */
  get<Value>(db: BetterSQLite3Database, guildId: string, definition: SettingDefinition<Value>): Value {
    const row = findStored(db).get({ guildId, name: definition.name });
    if (!row) return definition.default;
    const result = definition.schema.safeParse(JSON.parse(row.value));
    return result.success ? result.data : definition.default;
  }

  /** A setting by its name; undefined for one that isn't there, or isn't any more. */
  definition(name: string): SettingDefinition | undefined {
    return findSetting(name);
  }

  /**
   * Sets a value and records who changed what.
   *
   * @param userId the admin
   * @param undoes the event of the change that is taken back by this one
   * @returns the event of it; undefined where the value is in force already
   * @throws ZodError when the value isn't possible
   */
  set<Value>(
    tx: Tx,
    guildId: string,
    userId: string,
    definition: SettingDefinition<Value>,
    value: Value,
    undoes?: string,
  ): EventOf<typeof settingsChanged> | undefined {
    const before = this.#stateOf(tx, guildId, definition);
    const after = definition.schema.parse(value);
    if (isDeepStrictEqual(before.value, after)) return undefined;
    const stored = { value: JSON.stringify(after), changedAt: tx.now };
    tx.db
      .insert(guildSettings)
      .values({ guildId, name: definition.name, ...stored })
      .onConflictDoUpdate({ target: [guildSettings.guildId, guildSettings.name], set: stored })
      .run();
    return publishChange(tx, { guildId, userId }, definition.name, before, after, undoes);
  }

  /**
   * Lets the default count again, also one that a later version brings, and records who did it, also where the same value
   * was set.
   *
   * @param userId the admin
   * @param undoes the event of the change that is taken back by this one
   * @returns the event of it; undefined where nothing was set
   */
  reset<Value>(
    tx: Tx,
    guildId: string,
    userId: string,
    definition: SettingDefinition<Value>,
    undoes?: string,
  ): EventOf<typeof settingsChanged> | undefined {
    const before = this.#stateOf(tx, guildId, definition);
    if (before.isUnset) return undefined;
    tx.db
      .delete(guildSettings)
      .where(and(eq(guildSettings.guildId, guildId), eq(guildSettings.name, definition.name)))
      .run();
    return publishChange(tx, { guildId, userId }, definition.name, before, definition.default, undoes);
  }

  #stateOf(tx: Tx, guildId: string, definition: SettingDefinition): Before {
    const isUnset = findStored(tx.db).get({ guildId, name: definition.name }) === undefined;
    return { value: this.get(tx.db, guildId, definition), isUnset };
  }
}

/** What was in force before a change, and whether only because it was the default. */
interface Before {
  readonly value: unknown;
  readonly isUnset: boolean;
}

function publishChange(
  tx: Tx,
  admin: Holder,
  setting: string,
  before: Before,
  after: unknown,
  undoes: string | undefined,
): EventOf<typeof settingsChanged> {
  const data = {
    ...{ setting, before: before.value, after },
    ...(before.isUnset ? { wasUnset: true as const } : {}),
    ...(undoes === undefined ? {} : { undoes }),
  };
  return tx.publish(settingsChanged, { ...admin, data });
}

// Asked for with every message that is written in a server.
const findStored = prepared((db) =>
  db
    .select()
    .from(guildSettings)
    .where(
      and(
        eq(guildSettings.guildId, sql.placeholder('guildId')),
        eq(guildSettings.name, sql.placeholder('name')),
      ),
    )
    .prepare(),
);
