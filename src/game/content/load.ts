import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Catalog } from './catalog.ts';
import { contentSchema } from './schema.ts';

/** The content cannot be used; the message says where and why. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

/**
 * Reads the game's content.
 *
 * @param directory the folder with `items.yaml`, `recipes.yaml`, `achievements.yaml` and `starter.yaml`
 * @throws ContentError when a file is missing, isn't YAML, or says something impossible
 */
export function loadCatalog(directory: string): Catalog {
  try {
    const files = Object.keys(contentSchema.shape).map((name) => [
      name,
      parse(readFileSync(join(directory, `${name}.yaml`), 'utf8')) as unknown,
    ]);
    const content = contentSchema.safeParse(Object.fromEntries(files));
    if (!content.success) throw new Error(z.prettifyError(content.error));
    return new Catalog(content.data);
  } catch (error) {
    throw new ContentError(`The content in ${directory} cannot be used:\n${(error as Error).message}`, {
      cause: error,
    });
  }
}
