import { readFileSync, writeFileSync } from 'node:fs';
import { container } from '@sapphire/framework';
import { InternationalizationHandler } from '@sapphire/plugin-i18next';
import { SlashCommandSubcommandBuilder } from 'discord.js';
import { formOf } from '../src/discord/settings/forms.ts';
import { settingValueText } from '../src/discord/settings/value-text.ts';
import { DEFAULT_LANGUAGE, languageOptions, translator } from '../src/discord/translate.ts';
import { SETTING_AREAS, type SettingDefinition, settingsOf } from '../src/game/settings/definitions.ts';
import { loadSettings } from '../src/game/settings/load-settings.ts';

const PAGE = 'docs/settings.md';

const INTRODUCTION = `# What admins can set

Made by \`npm run settings\` from the definitions of the settings and \`data/locales\`. Not to be edited.

All of it is set inside Discord, by who has Manage Server or the manager role: with buttons and lists in \`/config panel\`,
or with the options of the commands below. \`/config reset\` sets one back to how it comes. Every change is recorded with
who made it, when, and what it was before.
`;

const COLUMNS = ['setting', 'what it does', 'as it comes', 'possible', 'options'];

container.i18n = new InternationalizationHandler(languageOptions('data/locales'));
await container.i18n.init();
await loadSettings();
const t = translator(DEFAULT_LANGUAGE);

/** Tells of every setting, area by area. */
function renderSettings(): string {
  const sections = SETTING_AREAS.map((area) => {
    const rows = [COLUMNS, COLUMNS.map(() => '---'), ...settingsOf(area).map(rowOf)];
    const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    const heading = `## ${t(`panel:area.${area}.name`)}: \`/config ${area}\``;
    return `${heading}\n\n${t(`panel:area.${area}.description`)}\n\n${table}\n`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function rowOf(setting: SettingDefinition): string[] {
  const { name, emoji } = setting;
  return [
    `${emoji} ${t(`settings:${name}.name`)}${setting.isReserved ? ' 🔒' : ''}`,
    t(`settings:${name}.description`),
    settingValueText(t, setting, setting.default, 0),
    formOf(setting).range(t, setting),
    optionsOf(setting)
      .map((option) => `\`${option}\``)
      .join(', '),
  ];
}

function optionsOf(setting: SettingDefinition): string[] {
  const subcommand = new SlashCommandSubcommandBuilder();
  formOf(setting).addOptions(subcommand, setting);
  return subcommand.options.map(({ name }) => name);
}

const page = `${renderSettings()}\n🔒 Only members with Manage Server can change this: who has only the manager role can't hand it on.\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, page);
} else if (readFileSync(PAGE, 'utf8') === page) {
  process.stdout.write('The page of settings fits their definitions.\n');
} else {
  process.stderr.write(`The settings have changed and ${PAGE} has not: run \`npm run settings\`.\n`);
  process.exitCode = 1;
}
