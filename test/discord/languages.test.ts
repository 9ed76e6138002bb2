import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlashCommandBuilder } from 'discord.js';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { localize } from '../../src/discord/localize.ts';
import { languageFor, reloadTexts, translator } from '../../src/discord/translate.ts';
import { temporaryFolder } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';

/** The folder with the languages, and one more: French, of which only what the bot says of pages was written so far. */
function withFrench(): string {
  const folder = temporaryFolder('locales');
  cpSync(join(PROJECT_ROOT, 'data/locales'), folder, { recursive: true });
  cpSync(join(folder, 'de'), join(folder, 'fr'), { recursive: true });
  change(join(folder, 'fr/paging.json'), (texts) => Object.assign(texts, { on: 'Suivant ▶' }));
  change(join(folder, 'fr/perks.json'), (texts) => {
    texts['craftingSlots_one'] = '{{count, number}} création à la fois';
    texts['craftingSlots_other'] = '{{count, number}} créations à la fois';
    delete texts['masterworkChance_one'];
    delete texts['masterworkChance_other'];
  });
  change(join(folder, 'fr/commands/config.json'), (texts) => Object.assign(texts, { name: 'régler' }));
  return folder;
}

function change(path: string, apply: (texts: Record<string, unknown>) => void): void {
  const texts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  apply(texts);
  writeFileSync(path, JSON.stringify(texts));
}

test('a third language is one folder', async () => {
  await createPieceBench({ localesDirectory: withFrench() });
  expect(languageFor('fr')).toBe('fr');
  const t = translator(languageFor('fr'));
  expect(t('paging:on')).toBe('Suivant ▶');
  // French counts nothing as one, and has its own space between thousands.
  expect(t('perks:craftingSlots', { count: 0 })).toBe('0 création à la fois');
  expect(t('perks:craftingSlots', { count: 1_234 })).toBe('1\u202f234 créations à la fois');

  const command = localize(new SlashCommandBuilder(), 'commands/config:').toJSON();
  expect(command.name).toBe('config');
  expect(command.name_localizations).toMatchObject({ de: 'einrichten', fr: 'régler' });

  // What it lacks is said in English, and nobody is answered with a key.
  expect(t('perks:masterworkChance', { count: 12 })).toBe('a 12% chance of a masterwork');
});

test('a locale takes its own language, else one that is close, else English', () => {
  expect(languageFor('de')).toBe('de');
  expect(languageFor('en-GB')).toBe('en-US');
  expect(languageFor('ja')).toBe('en-US');
  expect(languageFor(null)).toBe('en-US');
});

test('what was written in a text since the start is said, once the texts were read again', async () => {
  const folder = withFrench();
  await createPieceBench({ localesDirectory: folder });
  expect(translator('de')('items:coal.name')).toBe('Kohle');
  change(join(folder, 'de/items.json'), (texts) => {
    texts['coal'] = { name: 'Steinkohle' };
    texts['ash'] = { name: 'Asche' };
  });
  await reloadTexts();
  expect(translator('de')('items:coal.name')).toBe('Steinkohle');
  expect(translator('de')('items:ash.name')).toBe('Asche');
  // A file that is broken takes nothing away.
  writeFileSync(join(folder, 'de/items.json'), '{ "coal": ');
  await reloadTexts();
  expect(translator('de')('items:coal.name')).toBe('Steinkohle');
});
