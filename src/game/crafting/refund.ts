import type { ItemAmount } from '../content/catalog.ts';
import type { Craft } from './crafts.table.ts';

/**
 * What comes back from a craft that is cancelled while it is at work: of each material the share of the time that
 * is left, to the nearest whole one (design, "Cancel": pro rata after the start).
 *
 * @param now milliseconds UTC
 */
export function refundOf(
  craft: Pick<Craft, 'startedAt' | 'completesAt' | 'promise'>,
  now: number,
): ItemAmount[] {
  const { startedAt, completesAt, promise } = craft;
  const left = Math.min(1, Math.max(0, (completesAt - now) / (completesAt - startedAt)));
  return promise.inputs
    .map(({ itemId, quantity }) => ({ itemId, quantity: Math.round(quantity * left) }))
    .filter(({ quantity }) => quantity > 0);
}
