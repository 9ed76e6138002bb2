import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../schema.ts';
import type { Mistake } from '../source.ts';

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What has no name, or no description, in one of the languages. */
export function missingNames(content: Content, localesDirectory: string): Mistake[] {
  const languages = readdirSync(localesDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  return languages.flatMap((language) =>
    textsNeeded(content).flatMap(({ file, keys, ids }) => {
      const path = join(localesDirectory, language, `${file}.json`);
      const texts = readTexts(path);
      return ids.flatMap((id) =>
        keys
          .filter((key) => !texts[id]?.[key]?.trim())
          .map((key) => ({
            path: [file, id],
            message: `"${id}" has no ${key} in ${language}: add "${id}.${key}" to ${path}.`,
          })),
      );
    }),
  );
}

function textsNeeded({ items, recipes, places, achievements }: Content) {
  // A recipe is called after what it makes, unless it is another way to make it.
  const otherWays = Object.keys(recipes).filter((id) => recipes[id]?.makes !== id);
  return [
    { file: 'items', ids: Object.keys(items), keys: ['name', 'description'] },
    { file: 'recipes', ids: otherWays, keys: ['name'] },
    { file: 'places', ids: Object.keys(places), keys: ['name', 'description'] },
    { file: 'achievements', ids: Object.keys(achievements), keys: ['name', 'description_other'] },
  ];
}

function readTexts(path: string): Texts {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Texts) : {};
}
