/**
 * Everything that the game can refuse, and the facts that the words need. Each feature adds its own:
 *
 * ```ts
 * declare module '../refusal.ts' {
 *   interface Refusals { unknownRecipe: { recipeId: string } }
 * }
 * ```
 *
 * The words are in `data/locales/…/refusals.json`, under the same names.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Refusals {}

export type RefusalCode = keyof Refusals & string;

/** An expected "no": the action ends, nothing changes, and the player is told why in words. */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;
  readonly facts: Refusals[Code];

  constructor(code: Code, facts: Refusals[Code]) {
    super(`Refused: ${code}`);
    this.code = code;
    this.facts = facts;
  }
}

/** Ends the action with a refusal. */
export function refuse<Code extends RefusalCode>(code: Code, facts: Refusals[Code]): never {
  throw new Refusal(code, facts);
}
