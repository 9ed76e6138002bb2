import { z } from 'zod';
import type { DomainEvent } from '../../world/event.ts';

const field = z.string().regex(/^[a-z][A-Za-z]*$/, 'the name of a field of the event');

/**
 * What is counted over the events of a player. Without `sum`, `most` or `distinct`, each event counts one.
 *
 * ```yaml
 * { event: itemCrafted, sum: quantity, where: { rarity: rare } }   # how many rare items
 * { event: itemsGathered, distinct: placeId }                      # in how many places
 * { event: dailyClaimed, most: streak }                            # the longest streak
 * { event: itemsGathered, each: items, sum: quantity, where: { itemId: star_shard } }
 * ```
 */
export const measureSchema = z
  .strictObject({
    /** The name of the event. */
    event: z.string(),
    /** A list in the event; then each of its entries counts, and the other fields are theirs. */
    each: field.optional(),
    /** Adds a number up. */
    sum: field.optional(),
    /** Keeps the greatest number. */
    most: field.optional(),
    /** Counts how many different values there were. */
    distinct: field.optional(),
    /** Only what has these values. */
    where: z.record(field, z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .refine(
    ({ sum, most, distinct }) => [sum, most, distinct].filter((each) => each !== undefined).length <= 1,
    'one of sum, most and distinct at most',
  );

export type Measure = z.output<typeof measureSchema>;

/** What one event adds to a measure. */
export type Reading =
  | { readonly kind: 'add'; readonly amount: number }
  | { readonly kind: 'atLeast'; readonly amount: number }
  | { readonly kind: 'facts'; readonly facts: readonly string[] };

/** Two measures that count the same have the same id, in whatever order their fields were written. */
export function measureId({ event, each, sum, most, distinct, where = {} }: Measure): string {
  const what = sum ? `sum:${sum}` : most ? `most:${most}` : distinct ? `distinct:${distinct}` : 'events';
  const conditions = Object.entries(where)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .sort();
  return [event, each ?? '', what, ...conditions].join('/');
}

/**
 * What an event adds to a measure; undefined where it adds nothing.
 *
 * @throws TypeError when the event hasn't the field that the measure names, as a number where it is one that counts
 */
export function readMeasure(measure: Measure, event: DomainEvent): Reading | undefined {
  if (event.name !== measure.event) return undefined;
  const { each, sum, most, distinct, where = {} } = measure;
  const data = event.data as Record<string, unknown>;
  const entries = (each ? (data[each] as Record<string, unknown>[]) : [data]).filter((entry) =>
    Object.entries(where).every(([name, value]) => entry[name] === value),
  );
  if (entries.length === 0) return undefined;
  if (distinct) return { kind: 'facts', facts: entries.map((entry) => factIn(entry, distinct)) };
  if (most) return { kind: 'atLeast', amount: Math.max(...entries.map((entry) => numberIn(entry, most))) };
  const amount = sum
    ? rounded(entries.reduce((total, entry) => total + numberIn(entry, sum), 0))
    : entries.length;
  return amount === 0 ? undefined : { kind: 'add', amount };
}

/** To three decimals: what has fractions, such as points, is added up exactly. */
function rounded(amount: number): number {
  return Math.round(amount * 1_000) / 1_000;
}

function numberIn(entry: Record<string, unknown>, name: string): number {
  const value = entry[name];
  if (typeof value !== 'number') throw new TypeError(`"${name}" is not a number of the event.`);
  return value;
}

function factIn(entry: Record<string, unknown>, name: string): string {
  const value = entry[name];
  if (value === undefined || typeof value === 'object')
    throw new TypeError(`"${name}" is not a value of the event.`);
  return String(value);
}
