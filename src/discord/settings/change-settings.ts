import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import { quietHours } from '../../game/announcements/settings.ts';
import { refuse } from '../../game/refusal.ts';
import type { SettingDefinition } from '../../game/settings/definitions.ts';
import type { Holder } from '../../world/ledger.ts';
import { causeOf } from '../cause.ts';
import { managerOf } from '../manager.ts';
import { formOf } from './forms.ts';
import type { Wish } from './setting-form.ts';

declare module '../../game/refusal.ts' {
  interface Refusals {
    needsBot: Record<string, never>;
    unknownSetting: { readonly asked: string };
  }
}

/** A setting, and what somebody wants it to be. */
export interface Change {
  readonly setting: SettingDefinition;
  readonly wish: Wish<unknown> | 'default';
}

/**
 * Who sets the bot up through an interaction, in a server that has the bot: without it there is nothing to set.
 *
 * @throws Refusal needsManageServer, notInServer, needsBot
 */
export function settingManagerOf(interaction: BaseInteraction): Holder {
  const admin = managerOf(interaction);
  return interaction.inCachedGuild() ? admin : refuse('needsBot', {});
}

/**
 * Changes settings as an admin wants them, all of them or none. What somebody wants goes by what is in force at that
 * moment, not by what they saw: two admins at once lose nothing of each other's.
 *
 * @throws Refusal what {@link settingManagerOf} refuses, needsManageServerItself, or whatever a form refuses
 */
export function changeSettings(interaction: BaseInteraction, changes: readonly Change[]): void {
  const { guildId, userId } = settingManagerOf(interaction);
  if (changes.some(({ setting }) => setting.isReserved)) managerOf(interaction, { byRole: false });
  if (changes.length === 0) return;
  const { world, game } = container;
  world.transact(causeOf(interaction), (tx) => {
    const timeZone = game.settings.get(tx.db, guildId, quietHours)?.timeZone ?? 'UTC';
    for (const { setting, wish } of changes) {
      if (wish === 'default') {
        game.settings.reset(tx, guildId, userId, setting);
        continue;
      }
      const value = wish(game.settings.get(tx.db, guildId, setting), { now: tx.now, timeZone });
      formOf(setting).admit?.(guildId, value);
      game.settings.set(tx, guildId, userId, setting, value);
    }
  });
}

/** A setting by its name. @throws Refusal unknownSetting */
export function requireSetting(name: string): SettingDefinition {
  return container.game.settings.definition(name) ?? refuse('unknownSetting', { asked: name });
}
