import { loadEvents } from '../../../events/load-events.ts';
import { ContentError, readContent } from '../load.ts';
import type { Content } from '../schema.ts';
import type { Mistake } from '../source.ts';
import { achievementsNobodyEarns, laddersThatFall } from './achievements.ts';
import { loops } from './loops.ts';
import { missingNames } from './names.ts';
import { perksThatShrink } from './perks.ts';
import { gatesInWrongOrder, reachOf, unreachable } from './reach.ts';
import { itemsWithoutUse, sharedEmojis } from './waste.ts';

/** What is to be said about the content, each with its file and line. */
export interface Findings {
  /** What must be changed. */
  readonly mistakes: readonly string[];
  /** What should be looked at. */
  readonly warnings: readonly string[];
}

/**
 * Checks the game's content: whether it can be read, and whether everything in it can be played.
 *
 * @param directory the folder with `items.yaml`, `recipes.yaml` and so on
 * @param localesDirectory the folder with a folder of texts for each language
 */
export async function checkContent(directory: string, localesDirectory: string): Promise<Findings> {
  await loadEvents();
  try {
    const { content, source } = readContent(directory);
    const inWords = (mistakes: readonly Mistake[]) =>
      mistakes.map(({ path, message }) => `${source.where(path)}: ${message}`);
    return {
      mistakes: inWords([...mistakesIn(content), ...missingNames(content, localesDirectory)]),
      warnings: inWords([...sharedEmojis(content), ...itemsWithoutUse(content)]),
    };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    // The first line says in which folder; each of the others is a mistake.
    return { mistakes: error.message.split('\n').slice(1), warnings: [] };
  }
}

function mistakesIn(content: Content): Mistake[] {
  const reach = reachOf(content);
  return [
    ...unreachable(content, reach),
    ...gatesInWrongOrder(content, reach),
    ...loops(content),
    ...perksThatShrink(content),
    ...achievementsNobodyEarns(content),
    ...laddersThatFall(content),
  ];
}
