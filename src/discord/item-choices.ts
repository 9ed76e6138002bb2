import { container } from '@sapphire/framework';
import type { Holder } from '../world/ledger.ts';
import type { Choice } from './choices.ts';
import type { Translate } from './translate.ts';

/** Every item to pick from while typing: those that somebody has first, with how many they have; by name. */
export function itemChoices(t: Translate, holder: Holder): Choice[] {
  const { world, game } = container;
  const holdings = game.inventory.list(world.reader, holder);
  const choices = [...game.catalog.current.items.keys()].map((value) => {
    const name = t(`items:${value}.name`);
    const count = holdings.get(value) ?? 0;
    return { name, value, count, label: count > 0 ? t('browse:choice', { name, count }) : name };
  });
  return choices.sort(
    (one, other) => Number(other.count > 0) - Number(one.count > 0) || one.name.localeCompare(other.name),
  );
}
