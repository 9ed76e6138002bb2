import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord.js';
import { expect, test } from 'vitest';
import { readLanguages } from '../../scripts/language-files.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { Stage } from '../support/stage.ts';

const LANGUAGES = readLanguages(join(PROJECT_ROOT, 'data/locales'));

/** What a player is shown of a command, an option or a choice, and where it stands. */
interface Shown {
  readonly place: string;
  readonly english: string;
  readonly localized: Readonly<Record<string, string | null>> | null | undefined;
}

/** The commands as the bot registered them; the loopback Discord refuses what Discord would refuse. */
async function registered(): Promise<APIApplicationCommand[]> {
  const stage = await Stage.open();
  expect(stage.discord.refusals).toEqual([]);
  return stage.discord.commands();
}

function everythingShown(commands: readonly APIApplicationCommand[]): Shown[] {
  return commands.flatMap((command) => [
    ...shownOf(command.name, command),
    ...(command.options ?? []).flatMap((option) => optionsShown(command.name, option)),
  ]);
}

function optionsShown(at: string, option: APIApplicationCommandOption): Shown[] {
  const place = `${at} ${option.name}`;
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  const inner = 'options' in option ? (option.options ?? []) : [];
  return [
    ...shownOf(place, option),
    ...choices.map((choice) => ({
      place: `${place} ${choice.value}`,
      english: choice.name,
      localized: choice.name_localizations,
    })),
    ...inner.flatMap((each) => optionsShown(place, each)),
  ];
}

function shownOf(place: string, named: APIApplicationCommand | APIApplicationCommandOption): Shown[] {
  return [
    { place: `${place}: name`, english: named.name, localized: named.name_localizations },
    {
      place: `${place}: description`,
      english: named.description,
      localized: named.description_localizations,
    },
  ];
}

function ownName(language: string): string {
  return (
    new Intl.DisplayNames([language], { type: 'language', languageDisplay: 'standard' }).of(language) ?? ''
  );
}

test('Discord is told the commands in every language', async () => {
  const commands = await registered();

  const files = readdirSync(join(PROJECT_ROOT, 'src/commands')).map((file) => basename(file, '.ts'));
  expect(commands.map(({ name }) => name).sort()).toEqual(files.sort());

  // Languages are called as those call them who speak them.
  const languages = [...LANGUAGES.keys()].map(ownName);
  const shown = everythingShown(commands).filter(({ english }) => !languages.includes(english));
  expect(shown.length).toBeGreaterThan(10);
  for (const [language, texts] of LANGUAGES) {
    const own = new Set(texts.values());
    const strange = shown.filter(({ localized }) => !own.has(localized?.[language] ?? ''));
    expect(strange.map(({ place }) => place)).toEqual([]);
  }
  const texts = shown.flatMap(({ english, localized }) => [english, ...Object.values(localized ?? {})]);
  expect(texts.filter((text) => text === null || /^[\w/]+:|^\w+\.\w+$/.test(text))).toEqual([]);
});

test('a command is shown in German to who speaks German', async () => {
  const config = (await registered()).find(({ name }) => name === 'config');
  expect(config).toMatchObject({
    description: 'Set Forgeling up for this server',
    name_localizations: { de: 'einrichten' },
    description_localizations: { de: 'Richte Forgeling für diesen Server ein' },
  });
});
