import { z } from 'zod';

/** What there can be a choice of; each has words of its own. */
export type ChoiceSubject = 'rarity' | 'tier';

/** One of a few. */
export interface ChoiceType<Value extends string = string> {
  readonly kind: 'choice';
  readonly schema: z.ZodType<Value>;
  readonly subject: ChoiceSubject;
  readonly choices: readonly Value[];
}

export function choice<Value extends string>(
  subject: ChoiceSubject,
  choices: readonly Value[],
): ChoiceType<Value> {
  return { kind: 'choice', schema: z.enum(choices), subject, choices };
}
