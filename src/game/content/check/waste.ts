import type { Content } from '../schema.ts';
import type { Mistake } from '../source.ts';

/** Emojis that stand for several items: in a list, players take one for the other. */
export function sharedEmojis({ items }: Content): Mistake[] {
  const byEmoji = Map.groupBy(Object.entries(items), ([, { emoji }]) => emoji);
  return [...byEmoji].flatMap(([emoji, [first, ...more]]) =>
    more.map(([id]) => ({
      path: ['items', id, 'emoji'],
      message: `The items "${first?.[0]}" and "${id}" share the emoji ${emoji}: players will confuse them.`,
    })),
  );
}

/** Items that are there to be used, and that nothing uses. */
export function itemsWithoutUse({ items, recipes, places }: Content): Mistake[] {
  const used = new Set([
    ...Object.values(recipes).flatMap(({ takes }) => Object.keys(takes)),
    ...Object.values(places).flatMap(({ supplies }) => supplies?.item ?? []),
  ]);
  return Object.entries(items)
    .filter(([id, { category }]) => ['raw', 'refined', 'component'].includes(category) && !used.has(id))
    .map(([id, { category }]) => ({
      path: ['items', id],
      message: `The item "${id}" is ${category} and no recipe takes it: it will pile up.`,
    }));
}
