import { z } from 'zod';
import { findEventDefinition } from '../../../events/define-event.ts';
import { type Measure, measureId } from '../../measures/measure.ts';
import { ACHIEVEMENT_TIERS, type Content } from '../schema.ts';
import type { Mistake } from '../source.ts';

/**
 * Achievements that count what no event says, or that nobody can earn. The events must have been loaded: see
 * `loadEvents`.
 */
export function achievementsNobodyEarns(content: Content): Mistake[] {
  return Object.entries(content.achievements).flatMap(([id, { counts, goal }]) =>
    complaintsAbout(content, counts, goal).map(({ keys, complaint }) => ({
      path: ['achievements', id, ...keys],
      message: `The achievement "${id}" ${complaint}`,
    })),
  );
}

interface Complaint {
  readonly keys: readonly string[];
  readonly complaint: string;
}

function complaintsAbout(content: Content, measure: Measure, goal: number): Complaint[] {
  const about = (key: string, complaint: string) => ({ keys: ['counts', key], complaint });
  const known = findEventDefinition(measure.event);
  if (!known) {
    return [
      about(
        'event',
        `counts the event "${measure.event}", which isn't there: see src/events for those that are.`,
      ),
    ];
  }
  if (!known.definition.kept) {
    return [about('event', `counts "${measure.event}", which isn't kept in the log: count one that is.`)];
  }
  const fields = fieldsOf(known.schema, measure.each);
  if (!fields) {
    return [
      about('each', `counts each of "${measure.each}", which is no list of things in "${measure.event}".`),
    ];
  }
  const unknown = (key: string, name: string) =>
    about(
      key,
      `counts "${name}", which "${measure.event}" doesn't have: it has ${Object.keys(fields).join(', ')}.`,
    );
  const { sum, most, distinct, where = {} } = measure;
  const numbers = Object.entries({ sum, most }).flatMap(([key, name]) => {
    if (name === undefined) return [];
    const field = fields[name];
    if (!field) return [unknown(key, name)];
    return bare(field) instanceof z.ZodNumber ? [] : [about(key, `adds up "${name}", which is no number.`)];
  });
  const different = distinct !== undefined && !fields[distinct] ? [unknown('distinct', distinct)] : [];
  const conditions = Object.entries(where).flatMap(([name, value]) => {
    const field = fields[name];
    if (!field) return [{ ...unknown('where', name), keys: ['counts', 'where', name] }];
    const complaint = whyNever(content, measure, field, name, value);
    return complaint ? [{ keys: ['counts', 'where', name], complaint }] : [];
  });
  return [...numbers, ...different, ...conditions, ...goalTooHigh(content, measure, goal)];
}

/** The fields that a measure speaks of: the event's, or those of the entries of a list in it. */
function fieldsOf(schema: z.ZodType, each: string | undefined): Record<string, z.ZodType> | undefined {
  const fields = shapeOf(schema);
  if (each === undefined || !fields) return fields;
  const list = fields[each] && bare(fields[each]);
  return list instanceof z.ZodArray ? shapeOf(list.element as z.ZodType) : undefined;
}

function shapeOf(schema: z.ZodType): Record<string, z.ZodType> | undefined {
  const object = bare(schema);
  return object instanceof z.ZodObject ? (object.shape as Record<string, z.ZodType>) : undefined;
}

/** A schema without what makes it optional or null. */
function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? bare(schema.unwrap() as z.ZodType)
    : schema;
}

/** Why a field never has a value; undefined where it can. */
function whyNever(
  content: Content,
  { event }: Measure,
  field: z.ZodType,
  name: string,
  value: unknown,
): string | undefined {
  if (!field.safeParse(value).success) {
    return `asks for ${name}: ${JSON.stringify(value)}, which "${name}" of "${event}" can never be.`;
  }
  const possible = possibleValues(content, event, name);
  if (!possible || possible.has(String(value))) return undefined;
  return `asks for ${name}: ${String(value)}, but ${possible.whatElse} "${String(value)}".`;
}

interface Possible {
  has(value: string): boolean;
  readonly whatElse: string;
}

/** What a field can be, where the content decides that. */
function possibleValues(content: Content, event: string, name: string): Possible | undefined {
  const { items, recipes, places } = content;
  const among = (values: Iterable<string>, whatElse: string): Possible => {
    const set = new Set(values);
    return { has: (value) => set.has(value), whatElse };
  };
  const made = Object.values(recipes).map(({ makes }) => makes);
  const found = Object.values(places).flatMap(({ finds }) => Object.keys(finds));
  if (name === 'recipeId') return among(Object.keys(recipes), 'there is no recipe');
  if (name === 'placeId') return among(Object.keys(places), 'there is no place');
  if (name === 'rarity' && event === 'itemCrafted') {
    return among(
      made.flatMap((item) => items[item]?.rarity ?? []),
      'no recipe makes anything',
    );
  }
  if (name !== 'itemId') return undefined;
  if (event === 'itemCrafted' || event === 'itemSalvaged') return among(made, 'no recipe makes');
  if (event === 'itemsGathered') return among(found, 'no place has');
  return among(Object.keys(items), 'there is no item');
}

function goalTooHigh({ recipes, places, items }: Content, measure: Measure, goal: number): Complaint[] {
  const counts = { recipeId: recipes, placeId: places, itemId: items };
  const name = measure.distinct as keyof typeof counts | undefined;
  const things = name && Object.hasOwn(counts, name) ? Object.keys(counts[name]).length : undefined;
  if (things === undefined || goal <= things) return [];
  return [
    {
      keys: ['goal'],
      complaint: `asks for ${goal} different values of ${name}, and there are only ${things}.`,
    },
  ];
}

/** Ladders over the same measure in which a higher goal has a lower tier, or the same goal stands twice. */
export function laddersThatFall({ achievements }: Content): Mistake[] {
  const ladders = Map.groupBy(Object.entries(achievements), ([, { counts }]) => measureId(counts));
  return [...ladders.values()].flatMap((steps) => {
    const rising = steps.toSorted(([, one], [, other]) => one.goal - other.goal);
    return rising.flatMap(([id, { tier, goal }], index) => {
      const before = rising[index - 1];
      if (!before) return [];
      const [below, { tier: tierBelow, goal: goalBelow }] = before;
      if (goal === goalBelow) {
        const message = `The achievements "${below}" and "${id}" count the same up to ${goal}: give them different goals, or remove one.`;
        return [{ path: ['achievements', id, 'goal'], message }];
      }
      if (ACHIEVEMENT_TIERS.indexOf(tier) >= ACHIEVEMENT_TIERS.indexOf(tierBelow)) return [];
      const message = `The achievement "${id}" asks for ${goal} and is ${tier}, while "${below}" asks for only ${goalBelow} and is ${tierBelow}: a higher goal has the same tier or a higher one.`;
      return [{ path: ['achievements', id, 'tier'], message }];
    });
  });
}
