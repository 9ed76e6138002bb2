import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of one language, by file and key: `crafting:list.more_one`. */
export type Texts = ReadonlyMap<string, string>;

/** What i18next appends to a key for each plural form; `zero` may be there in every language. */
const FORM = /_(zero|one|two|few|many|other)$/;

/** Reads a folder such as `data/locales`: a language for each folder in it. */
export function readLanguages(folder: string): Map<string, Texts> {
  const languages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(languages.map(({ name }) => [name, readTexts(join(folder, name))]));
}

function readTexts(folder: string): Texts {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => file.endsWith('.json'))
      .sort()
      .flatMap((file) => {
        const content: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
        return [...leaves(content, `${file.slice(0, -'.json'.length)}:`)];
      }),
  );
}

function* leaves(node: unknown, at: string): Generator<[key: string, text: string]> {
  if (typeof node === 'string') {
    yield [at, node];
    return;
  }
  if (typeof node !== 'object' || node === null) throw new Error(`"${at}" is no text.`);
  const before = at.endsWith(':') ? at : `${at}.`;
  for (const [name, inner] of Object.entries(node)) yield* leaves(inner, `${before}${name}`);
}

/** The file that a key is in: `crafting`, `commands/craft`. */
export function fileOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

/** A key without its plural form: what the code asks for, but for a context. */
export function stemOf(key: string): string {
  return key.replace(FORM, '');
}

/** Which plural form of its text a key is; `undefined` where the text has none. */
export function formOf(key: string): string | undefined {
  return FORM.exec(key)?.[1];
}

/** The texts of a language by their stems, each with its forms in the order of the file. */
export function byStem(texts: Texts): Map<string, [key: string, text: string][]> {
  return Map.groupBy(texts, ([key]) => stemOf(key));
}

/** The names in double braces: what has to be given for a text. */
export function placeholdersIn(text: string): Set<string> {
  return new Set([...text.matchAll(/{{\s*([^,}\s]+)[^}]*}}/g)].map(([, name]) => name ?? ''));
}
