import type { APIEmbed } from 'discord.js';
import type { ClaimedGift, Gift } from '../../game/daily/daily.ts';
import { relativeTime } from '../in-words.ts';
import { amounts, type Translate } from '../translate.ts';

/** The gold of a ribbon. */
const GIFT_COLOUR = 0xe0a93b;

/** The gift of the day, how the streak stands, and what tomorrow brings. */
export function dailyView(t: Translate, claimed: ClaimedGift): { embeds: APIEmbed[] } {
  const { streak, dayOfCycle, cycle, nextAt, tomorrow } = claimed;
  const lines = [
    giftText(t, claimed),
    '',
    t('daily:streak', { count: streak }),
    '▰'.repeat(dayOfCycle) + '▱'.repeat(cycle - dayOfCycle),
    t('daily:next', { when: relativeTime(nextAt), gift: giftText(t, tomorrow) }),
  ];
  return {
    embeds: [{ color: GIFT_COLOUR, title: t('daily:title'), description: lines.join('\n') }],
  };
}

function giftText(t: Translate, { items, xp }: Gift): string {
  return [
    items.length > 0 ? amounts(t, items) : '',
    xp > 0 || items.length === 0 ? t('daily:xp', { xp }) : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
