import type { Rarity } from '../../events/rarity.ts';

/** The colour that stands for each rarity beside an embed. */
export const RARITY_COLOURS: Readonly<Record<Rarity, number>> = {
  common: 0x8a8f98,
  uncommon: 0x3ba55d,
  rare: 0x3b82f6,
  epic: 0xa855f7,
  legendary: 0xf59e0b,
};
