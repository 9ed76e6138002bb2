import type { Refusal } from '../game/refusal.ts';
import { inWords } from './in-words.ts';
import type { Translate } from './translate.ts';

/** The sentence that tells a player why not, and what to do instead. */
export function refusalText(t: Translate, { code, facts }: Refusal): string {
  return t(`refusals:${code}`, inWords(t, facts));
}
