import type { Content } from './schema.ts';
import type { Mistake } from './source.ts';

/** Every mention of an item that isn't there. */
export function unknownReferences(content: Content): Mistake[] {
  return mentionsOfItems(content)
    .filter(({ itemId }) => !Object.hasOwn(content.items, itemId))
    .map(({ what, itemId, path }) => ({
      path,
      message: `${what} names the item "${itemId}", which isn't there: add it to items.yaml, or write the id of one that is.`,
    }));
}

interface Mention {
  readonly what: string;
  readonly itemId: string;
  readonly path: Mistake['path'];
}

function mentionsOfItems({ recipes, places, daily, engagement, starter }: Content): Mention[] {
  const all = (what: string, amounts: object, path: Mistake['path']) =>
    Object.keys(amounts).map((itemId) => ({ what, itemId, path: [...path, itemId] }));
  return [
    ...Object.entries(recipes).flatMap(([id, { makes, takes }]) => [
      { what: `The recipe "${id}"`, itemId: makes, path: ['recipes', id, 'makes'] },
      ...all(`The recipe "${id}"`, takes, ['recipes', id, 'takes']),
    ]),
    ...Object.entries(places).flatMap(([id, { finds, supplies }]) => [
      ...all(`The place "${id}"`, finds, ['places', id, 'finds']),
      ...(supplies
        ? [{ what: `The place "${id}"`, itemId: supplies.item, path: ['places', id, 'supplies', 'item'] }]
        : []),
    ]),
    ...daily.flatMap(({ items }, day) =>
      all(`Day ${day + 1} of the daily gifts`, items, ['daily', day, 'items']),
    ),
    ...all('The list of what the chat brings', engagement.finds, ['engagement', 'finds']),
    ...all('The list of starter materials', starter, ['starter']),
  ];
}
