import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileOf, readLanguages, type Texts } from '../../scripts/language-files.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { loadCatalog } from '../../src/game/content/load.ts';
import { temporaryFolder } from '../support/game.ts';
import { findKeyUsages, type KeyUsage } from '../support/key-usages.ts';
import {
  missingTexts,
  unequalKeys,
  unequalPlaceholders,
  ungivenFacts,
  unknownCommands,
  untidyTexts,
  unusedTexts,
  wrongPlurals,
} from '../support/text-checks.ts';

const LOCALES = join(PROJECT_ROOT, 'data/locales');

const languages = readLanguages(LOCALES);
const english = languages.get('en-US') ?? new Map<string, string>();
const everyLanguage = [...languages];

/** The languages as they would be after changes of one file, made in a copy. */
function withChanged(
  file: string,
  change: (content: Record<string, unknown>) => unknown,
): Map<string, Texts> {
  const folder = temporaryFolder('locales');
  cpSync(LOCALES, folder, { recursive: true });
  const path = join(folder, file);
  const content = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  change(content);
  writeFileSync(path, JSON.stringify(content));
  return readLanguages(folder);
}

/** What a check complains of now, and did not complain of before a change. */
function newIn<Checked>(check: (checked: Checked) => string[], changed: Checked, before: Checked): string[] {
  const known = check(before);
  return check(changed).filter((complaint) => !known.includes(complaint));
}

/** What a file with this text would ask for, in a project of its own. */
function usagesIn(source: string): KeyUsage[] {
  const folder = temporaryFolder('usages');
  cpSync(join(PROJECT_ROOT, 'tsconfig.json'), join(folder, 'base.json'));
  const options = { extends: './base.json', compilerOptions: { types: [] }, include: ['src'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
  mkdirSync(join(folder, 'src'));
  const head = 'declare const t: (key: string, facts?: Record<string, unknown>) => string;\n';
  writeFileSync(join(folder, 'src/planted.ts'), `${head}${source}\nexport {};\n`);
  return findKeyUsages(folder, join(folder, 'src'), new Set([...english.keys()].map(fileOf)));
}

describe('the languages', () => {
  test('have the same texts', () => {
    expect(unequalKeys(languages)).toEqual([]);
  });

  test('a text or a file that one of them lacks is found', () => {
    const lacking = withChanged('de/paging.json', (texts) => delete texts['back']);
    expect(newIn(unequalKeys, lacking, languages)).toEqual(['de lacks paging:back']);
    const onlyThere = withChanged('de/paging.json', (texts) => Object.assign(texts, { added: 'Neu' }));
    expect(newIn(unequalKeys, onlyThere, languages)).toEqual(['en-US lacks paging:added']);
    const folder = temporaryFolder('locales');
    cpSync(LOCALES, folder, { recursive: true });
    rmSync(join(folder, 'de/paging.json'));
    expect(unequalKeys(readLanguages(folder))).toContain('de lacks paging:page');
  });

  test.each(everyLanguage)('%s has every plural form it needs, and no other', (language, texts) => {
    expect(wrongPlurals(language, texts)).toEqual([]);
  });

  test('a wrong plural form is found', () => {
    const changed = withChanged('de/perks.json', (texts) => {
      delete texts['craftingSlots_one'];
      texts['queueLength_few'] = '{{count}}';
      texts['masterworkChance'] = 'Hundert';
      texts['more'] = '{{count}} mehr';
    });
    const check = (texts: ReadonlyMap<string, Texts>) => wrongPlurals('de', texts.get('de') ?? new Map());
    expect(newIn(check, changed, languages)).toEqual([
      'de: perks:craftingSlots_one is missing',
      'de: perks:queueLength_few is no form of this language',
      'de: perks:masterworkChance is there with and without plural forms',
      'de: perks:more has a count and no plural forms',
    ]);
  });

  test('are given the same things to put into a text', () => {
    expect(unequalPlaceholders(languages)).toEqual([]);
  });

  test('a placeholder too many, or one that is forgotten, is found', () => {
    const changed = withChanged('de/paging.json', (texts) =>
      Object.assign(texts, { page: 'Seite {{seite}} von {{pages}}' }),
    );
    expect(newIn(unequalPlaceholders, changed, languages)).toEqual([
      'de: paging:page lacks {{page}}',
      'de: paging:page has {{seite}}, which others have not',
    ]);
  });

  test('a number may be left out where it is one or none, and nowhere else', () => {
    const changed = withChanged('de/perks.json', (texts) => {
      texts['craftingSlots_one'] = 'nur ein Auftrag';
      texts['craftingSlots_other'] = 'viele Aufträge';
    });
    expect(newIn(unequalPlaceholders, changed, languages)).toEqual([
      'de: perks:craftingSlots_other lacks {{count}}',
    ]);
  });

  test.each(everyLanguage)('%s is tidy', (language, texts) => {
    expect(untidyTexts(language, texts)).toEqual([]);
  });

  test.each([
    '',
    ' Weiter',
    'Weiter  so',
    'Weiter — oder nicht',
    'Sag "weiter"',
    "So geht's",
    'Weiter, {{name}',
    'Weiter, {name}',
    'Weiter, {{name, upper}}',
    'Weiter, @everyone',
  ])('what is untidy is found: %j', (text) => {
    expect(untidyTexts('de', new Map([['paging:on', text]]))).toHaveLength(1);
  });

  test.each(everyLanguage)('%s calls commands by the names they have', (language, texts) => {
    expect(unknownCommands(language, texts)).toEqual([]);
  });

  test('a command that is called otherwise is found', () => {
    const texts = new Map([
      ['commands/config:name', 'einrichten'],
      ['commands/config:announcements.name', 'ankündigungen'],
      ['a:right', 'Probier `/einrichten ankündigungen`.'],
      ['a:wrong', 'Probier `/config announcements`.'],
      ['a:bare', 'Probier /config.'],
      ['a:half', 'Probier `/einrichten announcements`.'],
      ['a:value', 'Probier `/einrichten ankündigungen aus: Wahr`.'],
      ['commands/config:announcements.off.name', 'aus'],
    ]);
    expect(unknownCommands('de', texts)).toEqual([
      'de: a:wrong tells of /config announcements, which is no command',
      'de: a:bare tells of /config, which is no command',
      'de: a:half tells of /einrichten announcements, which is no command',
    ]);
  });
});

describe('everything in the content has words', () => {
  const catalog = loadCatalog(join(PROJECT_ROOT, 'data/content'));
  const variants = [...catalog.recipes.values()].filter(({ id, makes }) => id !== makes);

  test.each([
    ['items', [...catalog.items.keys()]],
    ['places', [...catalog.places.keys()]],
    ['achievements', [...catalog.achievements.keys()]],
    ['recipes', variants.map(({ id }) => id)],
  ])('%s', (file, ids) => {
    const named = [...english.keys()].filter((key) => fileOf(key) === file && key.endsWith('.name'));
    expect(named.map((key) => key.slice(file.length + 1, -'.name'.length)).sort()).toEqual(ids.sort());
  });
});

describe('the code', () => {
  let usages: KeyUsage[] = [];

  beforeAll(() => {
    usages = findKeyUsages(PROJECT_ROOT, join(PROJECT_ROOT, 'src'), new Set([...english.keys()].map(fileOf)));
    expect(usages.length).toBeGreaterThan(100);
  });

  test('asks for no text that is missing', () => {
    expect(missingTexts(english, usages)).toEqual([]);
  });

  test('asks for every text there is', () => {
    expect(unusedTexts(english, usages)).toEqual([]);
  });

  test('gives every text what it needs', () => {
    expect(ungivenFacts(english, usages)).toEqual([]);
  });

  test('a text that nobody asks for is found', () => {
    const changed = withChanged('en-US/paging.json', (texts) =>
      Object.assign(texts, { forgotten: 'Nobody reads this' }),
    );
    expect(unusedTexts(changed.get('en-US') ?? new Map(), usages)).toEqual(
      expect.arrayContaining(['paging:forgotten']),
    );
  });

  test.each([
    ["t('paging:forth');", 'paging:forth'],
    ["t('pagin:back');", 'pagin:back'],
    ["t(Math.random() > 0.5 ? 'paging:back' : 'paging:forth');", 'paging:forth'],
    [`declare const way: 'back' | 'forth'; t(\`paging:\${way}\`);`, 'paging:forth'],
    [`declare const name: string; t(\`paging:\${name}.label\`);`, 'paging:*.label'],
    ["declare function show(key: string): void; show('paging:forth');", 'paging:forth'],
    [`\`\${t('paging:back')} \${t('paging:forth')}\`;`, 'paging:forth'],
    ["declare function localize(key: string): void; localize('paging:forth.');", 'paging:forth.name'],
    [
      "declare const context: 'accepted' | 'asked'; t('refusals:proposalIsOver', { context });",
      'refusals:proposalIsOver_asked',
    ],
    ['interface Refusals { neverHeardOf: { itemId: string } } let it: Refusals;', 'refusals:neverHeardOf'],
  ])('a key that is missing is found: %s', (source, key) => {
    expect(missingTexts(english, usagesIn(source))).toContainEqual(
      expect.stringContaining(`${key}, asked for in src/planted.ts:2`),
    );
  });

  test.each([
    ["t('paging:page', { page: 1 });", 'paging:page needs pages'],
    ["t('paging:page');", 'paging:page needs pages'],
    ["t('perks:craftingSlots', { number: 1 });", 'perks:craftingSlots needs count'],
    [`declare const way: 'page' | 'back'; t(\`paging:\${way}\`, {});`, 'paging:page needs page'],
    [
      'interface Refusals { unknownRecipe: { recipeId: string } } let it: Refusals;',
      'refusals:unknownRecipe needs asked',
    ],
  ])('what a text is not given is found: %s', (source, complaint) => {
    expect(ungivenFacts(english, usagesIn(source))).toContainEqual(expect.stringContaining(complaint));
  });

  test('what is right is let through', () => {
    const right = usagesIn(`
      declare const facts: Record<string, unknown>;
      declare const way: 'back' | 'on';
      declare const context: 'accepted' | 'declined';
      t('paging:page', { page: 1, pages: 2 });
      t('paging:page', facts);
      t(\`paging:\${way}\`);
      t('refusals:proposalIsOver', { context });
      t('perks:craftingSlots', { count: 2 });
    `);
    expect(missingTexts(english, right)).toEqual([]);
    expect(ungivenFacts(english, right)).toEqual([]);
    expect(right.map(({ pattern }) => pattern)).toContain('paging:on');
  });
});
