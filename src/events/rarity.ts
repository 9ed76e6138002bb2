import { z } from 'zod';

/** How rare an item is, the most common first. */
export const RARITIES = ['common', 'uncommon', 'rare', 'epic', 'legendary'] as const;

export const raritySchema = z.enum(RARITIES);

export type Rarity = z.infer<typeof raritySchema>;

/** Whether something is of this rarity or rarer. */
export function isAtLeast(rarity: Rarity, threshold: Rarity): boolean {
  return RARITIES.indexOf(rarity) >= RARITIES.indexOf(threshold);
}
