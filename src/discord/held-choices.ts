import type { ItemAmount } from '../game/content/catalog.ts';
import type { Choice } from './choices.ts';
import type { Translate } from './translate.ts';

/** What somebody has, to pick from while typing, with how many they have; by name. */
export function heldChoices(t: Translate, held: readonly ItemAmount[]): Choice[] {
  return held
    .map(({ itemId, quantity }) => {
      const name = t(`items:${itemId}.name`);
      return { name, label: t('giving:choice', { name, quantity }), value: itemId };
    })
    .sort((one, other) => one.name.localeCompare(other.name));
}
