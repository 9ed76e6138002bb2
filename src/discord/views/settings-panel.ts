import { isDeepStrictEqual } from 'node:util';
import { type APIEmbed, type APISelectMenuOption, ButtonStyle, ComponentType } from 'discord.js';
import {
  SETTING_AREAS,
  type SettingArea,
  type SettingDefinition,
  settingsOf,
} from '../../game/settings/definitions.ts';
import { button, buttonRows, type ComponentRow, selectRow } from '../components.ts';
import { customId } from '../custom-id.ts';
import { formOf } from '../settings/forms.ts';
import type { Look } from '../settings/setting-form.ts';
import { settingLine, settingValueText } from '../settings/value-text.ts';
import { fitLines, shorten } from '../shorten.ts';
import type { Translate } from '../translate.ts';

/** Discord's limits ("Embed Limits", "Component Reference"). */
const LONGEST_FIELD = 1_024;
const LONGEST_DESCRIPTION = 4_000;
const LONGEST_OPTION = 100;

const PANEL_COLOUR = 0x5b7c99;

const AREA_EMOJIS: Readonly<Record<SettingArea, string>> = {
  announcements: '📣',
  game: '⚒️',
  engagement: '💬',
  log: '🗒️',
  server: '🏠',
};

/** What is known of the settings of a server. */
export interface PanelFacts {
  readonly valueFor: (setting: SettingDefinition) => unknown;
  /** What there is to know beside the value. */
  readonly notesOn: (setting: SettingDefinition) => readonly string[];
  /** Milliseconds UTC. */
  readonly now: number;
  readonly names: Look['names'];
}

/** What is set, area by area, and the way into each. */
export function homeView(t: Translate, facts: PanelFacts) {
  const embed: APIEmbed = {
    color: PANEL_COLOUR,
    title: t('panel:title'),
    description: t('panel:intro'),
    fields: SETTING_AREAS.map((area) => ({
      name: areaTitle(t, area),
      value: fitLines(summary(t, facts, area), LONGEST_FIELD, (left) => t('panel:more', { count: left })),
    })),
  };
  const options = SETTING_AREAS.map((area) => ({
    label: t(`panel:area.${area}.name`),
    description: shorten(t(`panel:area.${area}.description`), LONGEST_OPTION),
    emoji: { name: AREA_EMOJIS[area] },
    value: area,
  }));
  return { embeds: [embed], components: [browse(t('panel:openArea'), options)] };
}

/** The settings of an area in words, what there is to know about them, and the way to each. */
export function areaView(t: Translate, facts: PanelFacts, area: SettingArea) {
  const lines = areaLines(t, facts, area);
  const embed: APIEmbed = {
    color: PANEL_COLOUR,
    title: areaTitle(t, area),
    description: fitLines(
      [t(`panel:area.${area}.description`), '', ...lines],
      LONGEST_DESCRIPTION,
      () => '…',
    ),
  };
  const options = settingsOf(area).map(({ name, emoji }) => ({
    label: shorten(t(`settings:${name}.name`), LONGEST_OPTION),
    description: shorten(t(`settings:${name}.description`), LONGEST_OPTION),
    emoji: { name: emoji },
    value: name,
  }));
  const components = [
    browse(t('panel:openSetting'), options),
    ...buttonRows([button(customId('openSettings', 'home'), t('panel:back'))]),
  ];
  return { embeds: [embed], components };
}

/** One setting: what it does, what it is and what it could be, and the means to change it. */
export function settingView(t: Translate, facts: PanelFacts, setting: SettingDefinition) {
  const { name, emoji } = setting;
  const value = facts.valueFor(setting);
  const isDefault = isDeepStrictEqual(value, setting.default);
  const lines = [
    t(`settings:${name}.description`),
    '',
    t('panel:now', { value: settingValueText(t, setting, value, facts.now) }),
    t('panel:default', { value: settingValueText(t, setting, setting.default, facts.now) }),
    t('panel:possible', { range: formOf(setting).range(t, setting) }),
    ...(setting.isReserved ? ['', t('panel:reserved')] : []),
    ...facts.notesOn(setting).flatMap((note) => ['', note]),
  ];
  const embed: APIEmbed = {
    color: PANEL_COLOUR,
    title: `${emoji} ${t(`settings:${name}.name`)}`,
    description: fitLines(lines, LONGEST_DESCRIPTION, () => '…'),
  };
  const reset = button(customId('setSetting', name, 'reset', name), t('panel:reset'), ButtonStyle.Danger);
  const components: ComponentRow[] = [
    ...settingControls(t, facts, setting, name),
    ...buttonRows([
      button(customId('openSettings', setting.area), t('panel:back')),
      { ...reset, disabled: isDefault },
    ]),
  ];
  return { embeds: [embed], components };
}

/**
 * The components with which a setting is changed, four rows at the most.
 *
 * @param place what is shown when it was changed
 */
export function settingControls(
  t: Translate,
  facts: PanelFacts,
  setting: SettingDefinition,
  place: string,
): ComponentRow[] {
  return formOf(setting).controls(lookAt(t, facts, setting, place));
}

/** A setting as its form wants to see it. */
export function lookAt(
  t: Translate,
  { valueFor, now, names }: PanelFacts,
  setting: SettingDefinition,
  place: string,
): Look {
  const { name } = setting;
  return {
    t,
    setting,
    value: valueFor(setting),
    now,
    names,
    id: {
      button: (action) => customId('setSetting', name, action, place),
      asking: (action) => customId('askSetting', name, action, place),
      select: (action) => customId('chooseSetting', name, action, place),
    },
  };
}

/** Every setting of an area with its value, and what there is to know beside: a line each. */
export function areaLines(t: Translate, facts: PanelFacts, area: SettingArea): string[] {
  const settings = settingsOf(area);
  return [
    ...settings.map((setting) => settingLine(t, setting, facts.valueFor(setting), facts.now)),
    ...settings.flatMap((setting) => facts.notesOn(setting)),
  ];
}

function areaTitle(t: Translate, area: SettingArea): string {
  return `${AREA_EMOJIS[area]} ${t(`panel:area.${area}.name`)}`;
}

/** What is set in an area, and how much is not. */
function summary(t: Translate, { valueFor, now }: PanelFacts, area: SettingArea): string[] {
  const values = settingsOf(area).map((setting) => ({ setting, value: valueFor(setting) }));
  const set = values.filter(({ setting, value }) => !isDeepStrictEqual(value, setting.default));
  const left = values.length - set.length;
  return [
    ...set.map(({ setting, value }) => settingLine(t, setting, value, now)),
    ...(left > 0 ? [t('panel:asTheyCome', { count: left })] : []),
  ];
}

function browse(placeholder: string, options: readonly Omit<APISelectMenuOption, 'default'>[]) {
  return selectRow({
    type: ComponentType.StringSelect,
    custom_id: customId('browseSettings'),
    placeholder,
    options: [...options],
  });
}
