import type { z } from 'zod';
import { type QuietHours, quietHoursSchema } from '../../quiet-hours.ts';
import { refuse } from '../../refusal.ts';

declare module '../../refusal.ts' {
  interface Refusals {
    quietHoursIncomplete: { readonly context: 'from' | 'until' | 'both' };
    quietHoursEmpty: Record<string, never>;
  }
}

/** When there is quiet each day; null: never. */
export interface QuietHoursType {
  readonly kind: 'quietHours';
  readonly schema: z.ZodType<QuietHours | null>;
}

export function quiet(): QuietHoursType {
  return { kind: 'quietHours', schema: quietHoursSchema.nullable() };
}

/** The clock that quiet hours go by where nobody has said which. */
const DEFAULT_TIME_ZONE = 'UTC';

/** What somebody wants of the quiet hours; what is left open stays as it is. */
export type QuietWish = { readonly [Part in keyof QuietHours]?: QuietHours[Part] | undefined };

/**
 * Quiet hours as somebody wants them, where they didn't say everything as they were before.
 *
 * @throws Refusal quietHoursIncomplete, quietHoursEmpty
 */
export function completeQuietHours(wish: QuietWish, before: QuietHours | null): QuietHours {
  const { from = before?.from, until = before?.until } = wish;
  if (from === undefined && until === undefined) return refuse('quietHoursIncomplete', { context: 'both' });
  if (from === undefined) return refuse('quietHoursIncomplete', { context: 'from' });
  if (until === undefined) return refuse('quietHoursIncomplete', { context: 'until' });
  if (from === until) return refuse('quietHoursEmpty', {});
  return { from, until, timeZone: wish.timeZone ?? before?.timeZone ?? DEFAULT_TIME_ZONE };
}
