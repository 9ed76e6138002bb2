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
 * Does what a button or a select of a setting is for: asks for more in a modal, or changes the setting.
 *
 * @throws Refusal unknownSetting, brokenButton, or what {@link changeSettings} refuses
 */
export async function answerComponent(
  interaction: GuildButtonInteraction | GuildSelectInteraction,
  facts: ComponentFacts,
  chosen: readonly string[],
): Promise<void> {
  const [name, action, place] = facts;
  const setting = requireSetting(name);
  const t = translatorOf(interaction);
  // Nobody is asked for what they may not change.
  const { guildId } = managerOf(interaction, { byRole: !setting.isReserved });
  const look = lookAt(t, panelFacts(t, guildId), setting, place);
  const question = formOf(setting).question?.(look, action, chosen);
  if (!question) return applyAnswer(interaction, facts, chosen);
  const id = customId('enterSetting', name, question.action ?? action, place);
  await interaction.showModal(modal(id, question));
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
