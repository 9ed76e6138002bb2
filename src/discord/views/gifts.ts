import { ButtonStyle } from 'discord.js';
import type { Present } from '../../game/giving/giving.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { personName } from '../person.ts';
import { itemName, type Translate } from '../translate.ts';

/** Asks before something is given away: to whom, and what. */
export function giftQuestionView(t: Translate, proposalId: string, { to, itemId, quantity }: Present) {
  const facts = { recipient: personName(t, to), count: quantity, item: itemName(t, itemId) };
  const buttons = [
    button(customId('confirmGift', proposalId), t('giving:confirm'), ButtonStyle.Primary),
    button(customId('declineGift', proposalId), t('giving:keep')),
  ];
  return { content: t('giving:question', facts), components: buttonRows(buttons) };
}
