import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { refuse } from '../../game/refusal.ts';
import type { GuildButtonInteraction } from '../../pieces/button-handler.ts';
import type { GuildModalInteraction } from '../../pieces/modal-handler.ts';
import type { GuildSelectInteraction } from '../../pieces/select-handler.ts';
import { customId } from '../custom-id.ts';
import { managerOf } from '../manager.ts';
import { modal } from '../modal.ts';
import { translatorOf } from '../translate.ts';
import { lookAt } from '../views/settings-panel.ts';
import { changeSettings, requireSetting } from './change-settings.ts';
import { formOf } from './forms.ts';
import { panelFacts, settingsAt } from './setting-places.ts';

/** The name of a setting, what a component does with it, and what is shown then. */
export const componentFacts = z.tuple([z.string(), z.string(), z.string()]);

export type ComponentFacts = z.output<typeof componentFacts>;

/** What each setting can do, whatever its type. */
const RESET = 'reset';

/**
 * Asks in a modal for what a button or a select of a setting needs to know.
 *
 * @returns false where there is nothing to ask
 * @throws Refusal unknownSetting, needsManageServerItself: nobody is asked for what they may not change
 */
export async function askFor(
  interaction: GuildButtonInteraction | GuildSelectInteraction,
  [name, action, place]: ComponentFacts,
  chosen: readonly string[],
): Promise<boolean> {
  const setting = requireSetting(name);
  const { guildId } = managerOf(interaction, { byRole: !setting.isReserved });
  const t = translatorOf(interaction);
  const look = lookAt(t, panelFacts(t, guildId), setting, place);
  const question = formOf(setting).question?.(look, action, chosen);
  if (!question) return false;
  const id = customId('enterSetting', name, question.action ?? action, place);
  await interaction.showModal(modal(id, question));
  return true;
}

/**
 * Changes a setting as a component or a modal says, and shows how it is then.
 *
 * @param answers what was chosen or typed
 * @throws Refusal unknownSetting, brokenButton, or what {@link changeSettings} refuses
 */
export async function applyAnswer(
  interaction: GuildButtonInteraction | GuildSelectInteraction | GuildModalInteraction,
  [name, action, place]: ComponentFacts,
  answers: readonly string[],
): Promise<void> {
  const setting = requireSetting(name);
  const wish = action === RESET ? 'default' : formOf(setting).answer(setting, action, answers);
  if (wish === undefined) return refuse('brokenButton', {});
  changeSettings(interaction, [{ setting, wish }]);
  const view = settingsAt(translatorOf(interaction), interaction.guildId, place);
  if (!interaction.isModalSubmit()) await interaction.update(view);
  else if (interaction.isFromMessage()) await interaction.update(view);
  else await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
}
