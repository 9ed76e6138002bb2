import type { ItemAmount } from '../content/catalog.ts';
import type { Craft } from './crafts.table.ts';

/**
 * What comes back from a craft that is cancelled: everything while it waits; while it is at work, of each material the
 * share of the time that is left, to the nearest whole one (design, "Cancel": pro rata after the start).
 *
 * @param now milliseconds UTC
 */
export function refundOf(
  { startedAt, completesAt, promise }: Pick<Craft, 'startedAt' | 'completesAt' | 'promise'>,
  now: number,
): readonly ItemAmount[] {
  if (startedAt === null || completesAt === null) return promise.inputs;
  const left = Math.min(1, Math.max(0, (completesAt - now) / (completesAt - startedAt)));
  return promise.inputs
    .map(({ itemId, quantity }) => ({ itemId, quantity: Math.round(quantity * left) }))
    .filter(({ quantity }) => quantity > 0);
}
