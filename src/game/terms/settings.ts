import { defineSetting } from '../settings/definitions.ts';
import { factor } from '../settings/types/factor.ts';

/** How many times faster than usual crafts and trips are. */
export const craftingSpeed = defineSetting({
  name: 'craftingSpeed',
  area: 'game',
  option: 'speed',
  emoji: '⚒️',
  type: factor({ least: 0.25, most: 10 }),
  default: { base: 1, boost: null },
});

/** How many times more XP than usual there is. */
export const xpFactor = defineSetting({
  name: 'xpFactor',
  area: 'game',
  option: 'xp',
  emoji: '✨',
  type: factor({ least: 0.25, most: 10 }),
  default: { base: 1, boost: null },
});
