import { loadEvents } from '../../events/load-events.ts';
import { Catalog } from './catalog.ts';
import { achievementsNobodyEarns } from './check/achievements.ts';
import { unknownReferences } from './references.ts';
import { type Content, contentSchema } from './schema.ts';
import { type ContentSource, type Mistake, readSource } from './source.ts';

/** The content cannot be used; the message says where and why, one mistake on each line. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

/**
 * Reads the game's content.
 *
 * @param directory the folder with `items.yaml`, `recipes.yaml` and so on
 * @throws ContentError when a file is missing, isn't YAML, or says something impossible
 */
export function loadCatalog(directory: string): Catalog {
  return new Catalog(readContent(directory).content);
}

/**
 * Reads the game's content for a bot that is to run on it. What `npm run content -- check` refuses besides is not asked
 * again here, but for one thing: an achievement that cannot be counted would keep all others from being counted.
 *
 * @throws ContentError as {@link loadCatalog}, and for achievements over what no event says
 */
export async function readContentToRun(directory: string): Promise<Content> {
  await loadEvents();
  const { content, source } = readContent(directory);
  const mistakes = achievementsNobodyEarns(content);
  if (mistakes.length > 0) throw refusal(directory, source, mistakes);
  return content;
}

/** The content, and where in its files everything stands. */
export interface ReadContent {
  readonly content: Content;
  readonly source: ContentSource;
}

/**
 * Reads the game's content, for whoever wants to say where something stands in it.
 *
 * @throws ContentError as {@link loadCatalog}
 */
export function readContent(directory: string): ReadContent {
  const source = tryTo(directory, () => readSource(directory, Object.keys(contentSchema.shape)));
  const parsed = contentSchema.safeParse(source.values);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.map(({ path, message }) => ({
      path,
      message: `${path.join('.')}: ${message}`,
    }));
    throw refusal(directory, source, mistakes);
  }
  const mistakes = unknownReferences(parsed.data);
  if (mistakes.length > 0) throw refusal(directory, source, mistakes);
  return { content: parsed.data, source };
}

function tryTo<Result>(directory: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw complaint(directory, (error as Error).message, error);
  }
}

function refusal(directory: string, source: ContentSource, mistakes: readonly Mistake[]): ContentError {
  const lines = mistakes.map(({ path, message }) => `${source.where(path)}: ${message}`);
  return complaint(directory, lines.join('\n'));
}

function complaint(directory: string, message: string, cause?: unknown): ContentError {
  return new ContentError(`The content in ${directory} cannot be used:\n${message}`, { cause });
}
