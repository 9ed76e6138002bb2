import type { ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import { refuse } from '../../game/refusal.ts';
import { SETTING_AREAS, type SettingArea, settingsOf } from '../../game/settings/definitions.ts';
import { localize } from '../localize.ts';
import type { Translate } from '../translate.ts';
import { areaLines } from '../views/settings-panel.ts';
import type { Change } from './change-settings.ts';
import { formOf } from './forms.ts';
import { panelFacts } from './setting-places.ts';

/** The subcommand of an area, with the options of all its settings. */
export function areaSubcommand(area: SettingArea) {
  return (subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder => {
    localize(subcommand, `commands/config:${area}.`);
    for (const setting of settingsOf(area)) formOf(setting).addOptions(subcommand, setting);
    return subcommand;
  };
}

/** The area of the subcommand that was used. */
export function areaOf({ options }: Pick<ChatInputCommandInteraction, 'options'>): SettingArea {
  const name = options.getSubcommand();
  return SETTING_AREAS.find((area) => area === name) ?? refuse('unknownSetting', { asked: name });
}

/**
 * What somebody wants by the options they gave; the settings of which they said nothing stay as they are.
 *
 * @throws Refusal whatever a form refuses
 */
export function changesIn(
  { options }: Pick<ChatInputCommandInteraction, 'options'>,
  area: SettingArea,
): Change[] {
  return settingsOf(area).flatMap((setting) => {
    const wish = formOf(setting).wishOf(options, setting);
    return wish ? { setting, wish } : [];
  });
}

/** How an area is set, in words. */
export function areaText(t: Translate, guildId: string, area: SettingArea): string {
  return areaLines(t, panelFacts(t, guildId), area).join('\n');
}
