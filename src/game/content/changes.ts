import { isDeepStrictEqual } from 'node:util';
import { isMapping } from '../../config/settings.ts';
import type { Content } from './schema.ts';

/** What is different between two contents: a line for what was added to, removed from and changed in each part. */
export function changesBetween(before: Content, after: Content): string[] {
  const parts = Object.keys(after) as (keyof Content)[];
  return parts.flatMap((part) => {
    const [old, now]: unknown[] = [before[part], after[part]];
    if (isDeepStrictEqual(old, now)) return [];
    if (!isMapping(old) || !isMapping(now)) return [`${part} changed`];
    return [
      ...line(`${part} added`, keysOnlyIn(now, old)),
      ...line(`${part} removed`, keysOnlyIn(old, now)),
      ...line(
        `${part} changed`,
        Object.keys(now).filter((id) => Object.hasOwn(old, id) && !isDeepStrictEqual(old[id], now[id])),
      ),
    ];
  });
}

function keysOnlyIn(one: object, other: object): string[] {
  return Object.keys(one).filter((id) => !Object.hasOwn(other, id));
}

function line(what: string, ids: readonly string[]): string[] {
  return ids.length === 0 ? [] : [`${what}: ${ids.join(', ')}`];
}
