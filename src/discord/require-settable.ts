import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import { settingsChanged } from '../events/settingsChanged.ts';
import type { RecordedAction } from '../game/admin/admin-log.ts';
import { managerOf } from './manager.ts';
import { formOf } from './settings/forms.ts';

/**
 * Where a change of a setting is to be taken back, makes sure that whoever wants it may change that setting, and that it
 * can be what it was: the bot may have lost a channel meanwhile.
 *
 * @throws Refusal needsManageServerItself, or what the form of the setting refuses
 */
export function requireSettable(interaction: BaseInteraction, { event }: RecordedAction): void {
  if (event.name !== settingsChanged.name) return;
  const { setting, before } = settingsChanged.read(event.data, event.version);
  const definition = container.game.settings.definition(setting);
  if (!definition) return;
  if (definition.isReserved) managerOf(interaction, { byRole: false });
  formOf(definition).admit?.(event.guildId, before);
}
