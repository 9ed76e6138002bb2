import { isDeepStrictEqual } from 'node:util';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { EventOf } from '../../events/define-event.ts';
import { settingsChanged } from '../../events/settingsChanged.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import { refuse } from '../refusal.ts';
import type { SettingDefinition } from '../settings/definitions.ts';
import type { Settings } from '../settings/settings.ts';
import type { AdminLog } from './admin-log.ts';
import type { Reversible } from './undoing.ts';

declare module '../refusal.ts' {
  interface Refusals {
    settingChangedSince: { userId: string; changedAt: number };
  }
}

type SettingsChanged = EventOf<typeof settingsChanged>;

export interface SettingReversalServices {
  readonly settings: Settings;
  readonly adminLog: AdminLog;
}

/** Setting something back to what it was before it was changed. */
export class SettingReversal implements Reversible<SettingsChanged> {
  readonly definition = settingsChanged;
  readonly #services: SettingReversalServices;

  constructor(services: SettingReversalServices) {
    this.#services = services;
  }

  requireReversible(db: BetterSQLite3Database, _admin: Holder, { id, guildId, data }: SettingsChanged): void {
    const { settings, adminLog } = this.#services;
    const setting = this.#requireSetting(data);
    const last = adminLog.lastStandingChange(db, guildId, data.setting);
    if (last && last.event.id !== id)
      refuse('settingChangedSince', { userId: last.adminId, changedAt: last.event.occurredAt });
    // What the record knows nothing of, such as a default that a later version brought.
    if (!isDeepStrictEqual(settings.get(db, guildId, setting), data.after)) refuse('notUndoable', {});
  }

  reverse(tx: Tx, { userId }: Holder, { id, guildId, data }: SettingsChanged): SettingsChanged {
    const { settings } = this.#services;
    const setting = this.#requireSetting(data);
    const undoing = data.wasUnset
      ? settings.reset(tx, guildId, userId, setting, id)
      : settings.set(tx, guildId, userId, setting, data.before, id);
    // What is in force already can't be set: then somebody has set it back by hand.
    return undoing ?? refuse('notUndoable', {});
  }

  /** @throws Refusal notUndoable where there is no such setting any more, or it can't be what it was */
  #requireSetting({ setting, before }: SettingsChanged['data']): SettingDefinition {
    const definition = this.#services.settings.definition(setting);
    return definition?.schema.safeParse(before).success ? definition : refuse('notUndoable', {});
  }
}
