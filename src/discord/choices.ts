import type { AutocompleteInteraction } from 'discord.js';
import Fuse from 'fuse.js';
import { shorten } from './shorten.ts';

/** Discord's limits ("Application Command Option Choice"): so many choices, so long a name. */
export const MOST_CHOICES = 25;
export const LONGEST_CHOICE = 100;

/** How unlike a name may be to what was typed, from 0 (the same) to 1 (anything), and how much more than the likest one. */
const UNLIKENESS = 0.4;
const LESS_LIKE = 0.1;

/** What is shorter than this is like nearly everything; what is longer is compared by its beginning, since it takes long. */
const SHORTEST_GUESS = 3;
const LONGEST_GUESS = 24;

/** Something that can be picked while typing. */
export interface Choice {
  /** What is compared with what was typed. */
  readonly name: string;
  /** What is shown: the name, and what helps to choose. Defaults to the name. */
  readonly label?: string;
  /** What the command gets. */
  readonly value: string;
}

/**
 * Answers an autocompletion with the choices that fit what was typed so far.
 *
 * @param choices the most sensible ones first
 */
export async function respondWithChoices(
  interaction: AutocompleteInteraction,
  choices: readonly Choice[],
): Promise<void> {
  const fitting = matchingChoices(choices, interaction.options.getFocused());
  await interaction.respond(
    fitting
      .slice(0, MOST_CHOICES)
      .map(({ name, label, value }) => ({ name: shorten(label ?? name, LONGEST_CHOICE), value })),
  );
}

/**
 * The choices that fit: first those with words that begin with what was typed, then those that contain it, each in the
 * order given; where there are none, those that are like it, the likest first. Case and accents make no difference, and
 * `oe` finds `ö`.
 */
export function matchingChoices<Each extends Choice>(choices: readonly Each[], typed: string): Each[] {
  const asked = plainly(typed.slice(0, LONGEST_CHOICE)).trim();
  if (asked === '') return [...choices];
  const words = asked.split(/\s+/);
  const spellings = choices.map((choice) => ({
    choice,
    names: [plainly(choice.name), spelled(choice.name)],
  }));
  const those = (fits: (name: string, word: string) => boolean) =>
    spellings
      .filter(({ names }) => names.some((name) => words.every((word) => fits(name, word))))
      .map(({ choice }) => choice);
  const begun = those((name, word) => name.startsWith(word) || name.includes(` ${word}`));
  const containing = those((name, word) => name.includes(word));
  return containing.length > 0 ? [...new Set([...begun, ...containing])] : alike(spellings, asked);
}

/**
 * The choice that somebody means who typed a whole answer instead of picking one: the one with this value or this name.
 *
 * @returns undefined where it is none of them
 */
export function chosen<Each extends Choice>(choices: readonly Each[], typed: string): Each | undefined {
  const asked = plainly(typed).trim();
  return (
    choices.find(({ value }) => value === typed) ??
    choices.find(({ name }) => plainly(name) === asked || spelled(name) === asked)
  );
}

interface Spelling<Each> {
  readonly choice: Each;
  readonly names: readonly string[];
}

function alike<Each>(spellings: readonly Spelling<Each>[], asked: string): Each[] {
  if (asked.length < SHORTEST_GUESS) return [];
  const fuse = new Fuse(spellings, {
    keys: ['names'],
    threshold: UNLIKENESS,
    ignoreLocation: true,
    includeScore: true,
  });
  const found = fuse.search(asked.slice(0, LONGEST_GUESS));
  const likest = found[0]?.score ?? 0;
  return found.filter(({ score = 1 }) => score <= likest + LESS_LIKE).map(({ item }) => item.choice);
}

/** Without case and accents: `Öl` is `ol`. */
function plainly(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}

/** As it is typed where a keyboard has no umlauts: `Öl` is `oel`. */
function spelled(text: string): string {
  return plainly(text.normalize('NFC').replace(/[äöü]/gi, '$&e'));
}
