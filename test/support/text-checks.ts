import { byStem, fileOf, formOf, placeholdersIn, stemOf, type Texts } from '../../scripts/language-files.ts';
import type { KeyUsage } from './key-usages.ts';

/** The language that the others are compared with. */
const REFERENCE = 'en-US';

/** What one language has and another lacks: each complaint names the language and the key. */
export function unequalKeys(languages: ReadonlyMap<string, Texts>): string[] {
  const everywhere = new Set([...languages.values()].flatMap((texts) => [...kindsOf(texts)]));
  return [...languages].flatMap(([language, texts]) => {
    const own = kindsOf(texts);
    return [...everywhere].filter((kind) => !own.has(kind)).map((kind) => `${language} lacks ${kind}`);
  });
}

function kindsOf(texts: Texts): Set<string> {
  return new Set([...texts.keys()].map((key) => (formOf(key) ? `${stemOf(key)} (with plurals)` : key)));
}

/** Where a text has other plural forms than its language, or a number and no forms. */
export function wrongPlurals(language: string, texts: Texts): string[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return [...byStem(texts)].flatMap(([stem, forms]) => {
    const own = forms.map(([key]) => formOf(key)).filter((form) => form !== undefined);
    if (own.length === 0) {
      const counts = forms.some(([, text]) => placeholdersIn(text).has('count'));
      return counts ? [`${language}: ${stem} has a count and no plural forms`] : [];
    }
    const lacking = needed.filter((form) => !own.includes(form));
    const strange = own.filter((form) => form !== 'zero' && !needed.some((each) => each === form));
    return [
      ...(own.length < forms.length ? [`${language}: ${stem} is there with and without plural forms`] : []),
      ...lacking.map((form) => `${language}: ${stem}_${form} is missing`),
      ...strange.map((form) => `${language}: ${stem}_${form} is no form of this language`),
    ];
  });
}

/**
 * Where a text says less than in English, or wants to say more. The form for one can do without the number, and that
 * for none without everything.
 */
export function unequalPlaceholders(languages: ReadonlyMap<string, Texts>): string[] {
  const english = languages.get(REFERENCE) ?? new Map<string, string>();
  const expected = new Map([...byStem(english)].map(([stem, forms]) => [stem, placeholdersOf(forms)]));
  return [...languages].flatMap(([language, texts]) =>
    [...texts].flatMap(([key, text]) => {
      const needed = expected.get(stemOf(key)) ?? new Set();
      const used = placeholdersIn(text);
      const form = formOf(key);
      const mayLack = (name: string) => form === 'zero' || (form === 'one' && name === 'count');
      const lacking = [...needed].filter((name) => !used.has(name) && !mayLack(name));
      const strange = [...used].filter((name) => !needed.has(name));
      return [
        ...lacking.map((name) => `${language}: ${key} lacks {{${name}}}`),
        ...strange.map((name) => `${language}: ${key} has {{${name}}}, which others have not`),
      ];
    }),
  );
}

function placeholdersOf(forms: readonly (readonly [key: string, text: string])[]): Set<string> {
  return new Set(forms.flatMap(([, text]) => [...placeholdersIn(text)]));
}

/** What in the texts is no plain sentence: broken braces, spaces at the ends, straight quotation marks, dashes. */
export function untidyTexts(language: string, texts: Texts): string[] {
  return [...texts].flatMap(([key, text]) =>
    UNTIDY.filter(([pattern]) => pattern.test(text)).map(([, why]) => `${language}: ${key} ${why}`),
  );
}

const UNTIDY: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'is empty'],
  [/^\s|\s$/, 'begins or ends with a space'],
  [/ {2}/, 'has two spaces in a row'],
  [/[—–]/, 'has a dash: make it two sentences, or use a colon'],
  [/"/, 'has straight quotation marks'],
  [/'/, 'has a straight apostrophe'],
  [/\$t\(/, 'nests another text'],
  [/{{[^}]*$|{{(?!\w+(, number)?}})|(?<!{){(?!{)/, 'has braces that are no placeholder'],
  [/@(everyone|here)/, 'mentions everybody'],
];

/** What the code asks for and no file has. */
export function missingTexts(texts: Texts, usages: readonly KeyUsage[]): string[] {
  const stems = new Set([...texts.keys()].map(stemOf));
  return usages.flatMap(({ where, pattern, contexts }) => {
    const found = matching(stems, pattern);
    if (!contexts) {
      const known = found.length > 0 || matching(stems, `${pattern}_*`).length > 0;
      return known ? [] : [`${pattern}, asked for in ${where}`];
    }
    if (found.length > 0) return [];
    return contexts
      .map((context) => `${pattern}_${context}`)
      .filter((variant) => matching(stems, variant).length === 0)
      .map((variant) => `${variant}, asked for in ${where}`);
  });
}

/** What is in the files and nobody asks for. */
export function unusedTexts(texts: Texts, usages: readonly KeyUsage[]): string[] {
  const stems = new Set([...texts.keys()].map(stemOf));
  const variants = new Map<string, string[]>();
  for (const { pattern, contexts } of usages) {
    if (contexts)
      variants.set(
        pattern,
        contexts.map((context) => `${pattern}_${context}`),
      );
  }
  const used = usages.flatMap(({ pattern }) => [pattern, ...(variants.get(pattern) ?? [])]);
  for (const pattern of used) for (const stem of matching(stems, pattern)) stems.delete(stem);
  return [...stems];
}

/** Where a text needs something that the code which asks for it does not give. */
export function ungivenFacts(texts: Texts, usages: readonly KeyUsage[]): string[] {
  const stems = byStem(texts);
  return usages.flatMap((usage) => {
    const { where, facts } = usage;
    if (!facts) return [];
    return variantsOf(usage)
      .flatMap((pattern) => matching(stems.keys(), pattern))
      .flatMap((stem) => {
        const forms = stems.get(stem) ?? [];
        const counted = forms.some(([key]) => formOf(key)) ? ['count'] : [];
        const needed = new Set([...placeholdersOf(forms), ...counted]);
        return [...needed]
          .filter((name) => !facts.has(name))
          .map((name) => `${stem} needs ${name}: ${where}`);
      });
  });
}

/** The key, and the key in each of its contexts. */
function variantsOf({ pattern, contexts = [] }: KeyUsage): string[] {
  return [pattern, ...contexts.map((context) => `${pattern}_${context}`)];
}

function matching(stems: Iterable<string>, pattern: string): string[] {
  const fits = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^.:]+')}$`);
  return [...stems].filter((stem) => fits.test(stem));
}

/**
 * The commands and options that texts tell people to type, such as `/crafting` or `/config announcements channel:`,
 * which must be called so in the same language.
 */
export function unknownCommands(language: string, texts: Texts): string[] {
  return [...texts].flatMap(([key, text]) =>
    [...text.matchAll(/`\/([^`]+)`|(?<=^|\s)\/(\p{L}+)/gu)]
      .map(([, typed, bare]) => typed ?? bare ?? '')
      .filter((typed) => !isCommand(texts, typed.split(' ')))
      .map((typed) => `${language}: ${key} tells of /${typed}, which is no command`),
  );
}

function isCommand(texts: Texts, [command = '', ...words]: readonly string[]): boolean {
  const own = [...texts].find(
    ([key, text]) => /^commands\/\w+:name$/.test(key) && text === command.replace(/:$/, ''),
  );
  if (!own) return false;
  const names = [...texts]
    .filter(([key]) => fileOf(key) === fileOf(own[0]) && key.endsWith('.name'))
    .map(([, name]) => name);
  // What stands behind the first option and has no colon is a value.
  const firstOption = words.findIndex((word) => word.includes(':'));
  return words
    .filter((word, index) => word.includes(':') || firstOption === -1 || index < firstOption)
    .every((word) => names.includes(word.replace(/:.*$/, '')));
}
