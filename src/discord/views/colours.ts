import type { Rarity } from '../../events/rarity.ts';
import type { Achievement } from '../../game/content/schema.ts';

/** The colour that stands for each rarity beside an embed. */
export const RARITY_COLOURS: Readonly<Record<Rarity, number>> = {
  common: 0x8a8f98,
  uncommon: 0x3ba55d,
  rare: 0x3b82f6,
  epic: 0xa855f7,
  legendary: 0xf59e0b,
};

/** The colour that stands for each tier of achievements. */
export const TIER_COLOURS: Readonly<Record<Achievement['tier'], number>> = {
  bronze: 0xb0703a,
  silver: 0x9ca3af,
  gold: 0xeab308,
  platinum: 0x67e8f9,
};
