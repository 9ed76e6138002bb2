import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { type Refusal, refuse } from '../../game/refusal.ts';
import type { GuildButtonInteraction } from '../../pieces/button-handler.ts';
import type { GuildModalInteraction } from '../../pieces/modal-handler.ts';
import type { GuildSelectInteraction } from '../../pieces/select-handler.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { managerOf } from '../manager.ts';
import { modal } from '../modal.ts';
import { refusalText } from '../refusal-text.ts';
import { translatorOf } from '../translate.ts';
import { lookAt } from '../views/settings-panel.ts';
import { changeSettings, requireSetting } from './change-settings.ts';
import { formOf } from './forms.ts';
import { isPlace, panelFacts, settingsAt } from './setting-places.ts';
import { typedFacts, typedIn } from './typed-facts.ts';

/**
 * The name of a setting, what a component does with it, what is shown then (a place that isn't there changes nothing), and
 * what was typed before, if anything was.
 */
export const componentFacts = z.tuple([z.string(), z.string(), z.string().refine(isPlace)], z.string());

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
  [name, action, place, ...before]: ComponentFacts,
  chosen: readonly string[],
): Promise<boolean> {
  const setting = requireSetting(name);
  const { guildId } = managerOf(interaction, { byRole: !setting.isReserved });
  const t = translatorOf(interaction);
  const look = lookAt(t, panelFacts(t, guildId), setting, place);
  const question = formOf(setting).question?.(look, action, chosen);
  if (!question) return false;
  const id = customId('enterSetting', name, question.action ?? action, place);
  const typed = typedIn(before);
  const fields = question.fields.map((field, index) => ({ ...field, value: typed[index] || field.value }));
  await interaction.showModal(modal(id, { ...question, fields }));
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
  // It may stand on what said why something else couldn't be.
  else if (interaction.isFromMessage()) await interaction.update({ content: '', ...view });
  else await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
}

/**
 * Says why what was typed can't be, with a button to mend it: a modal is gone once it was sent.
 *
 * @param typed stands in the modal again, as far as it fits into a custom id
 */
export async function offerAgain(
  interaction: GuildModalInteraction,
  [name, action, place]: ComponentFacts,
  typed: readonly string[],
  refusal: Refusal,
): Promise<void> {
  const t = translatorOf(interaction);
  const id = customId('askSetting', name, action, place);
  const again = [id, ...typedFacts(id, typed)].join(':');
  await interaction.reply({
    content: refusalText(t, refusal),
    components: buttonRows([button(again, t('panel:again'))]),
    flags: MessageFlags.Ephemeral,
  });
}
