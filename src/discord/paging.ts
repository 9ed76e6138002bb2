import { type BaseInteraction, ButtonStyle } from 'discord.js';
import { z } from 'zod';
import { refuse } from '../game/refusal.ts';
import { type ButtonRow, button, buttonRows } from './components.ts';
import { customId } from './custom-id.ts';
import type { Translate } from './translate.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    notYourPages: Record<string, never>;
  }
}

/** A part of a list. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** Which page this is, the first is 0. */
  readonly number: number;
  /** How many there are, 1 at least. */
  readonly count: number;
}

/**
 * Cuts a page out of a list.
 *
 * @param number the page that is asked for; the last one if there are fewer by now
 */
export function pageOf<Entry>(entries: readonly Entry[], number: number, size: number): Page<Entry> {
  const count = Math.max(1, Math.ceil(entries.length / size));
  const shown = Math.min(Math.max(0, number), count - 1);
  return { entries: entries.slice(shown * size, (shown + 1) * size), number: shown, count };
}

/**
 * The buttons that turn the pages; none for a single page. What they need is in their custom ids, so that they work for
 * ever: `handler:number:ownerId` and whatever else the handler wants to know.
 *
 * @param ownerId whose pages these are; a handler checks that by {@link requireOwner}
 */
export function pageButtons(
  t: Translate,
  { number, count }: Pick<Page<unknown>, 'number' | 'count'>,
  handler: string,
  ownerId: string,
  ...facts: readonly (string | number)[]
): ButtonRow[] {
  if (count === 1) return [];
  const turnTo = (page: number, label: string) => ({
    ...button(customId(handler, page, ownerId, ...facts), label),
    disabled: page < 0 || page >= count,
  });
  const here = {
    ...button(
      customId(handler, number, ownerId, ...facts),
      t('paging:page', { page: number + 1, pages: count }),
    ),
    style: ButtonStyle.Secondary as const,
    disabled: true,
  };
  return buttonRows([turnTo(number - 1, t('paging:back')), here, turnTo(number + 1, t('paging:on'))]);
}

/** Which page a button leads to, as its custom id has it. */
export const pageNumber = z.coerce.number().int().nonnegative();

/**
 * @throws Refusal notYourPages when somebody else turns them
 */
export function requireOwner({ user }: BaseInteraction, ownerId: string): void {
  if (user.id !== ownerId) refuse('notYourPages', {});
}

/**
 * What somebody typed, so that it can stand in a custom id beside other facts.
 *
 * @param longest how many characters (UTF-16, as custom ids are counted) there is room for
 */
export function typedFact(typed: string, longest: number): string {
  const text = typed.replace(/[:\s]+/g, ' ').trim();
  // A character that is cut through is left out.
  return text
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}
