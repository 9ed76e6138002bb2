import { ButtonStyle } from 'discord.js';
import type { Range } from '../../game/salvage/returns.ts';
import type { Salvaged, SalvageProposal } from '../../game/salvage/salvage.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { amounts, itemName, type Translate } from '../translate.ts';

/** Asks before something is taken apart, and says about how much of it comes back. */
export function salvageQuestionView(t: Translate, proposal: SalvageProposal) {
  const { proposalId, itemId, quantity, ranges } = proposal;
  const lines = [
    t('salvage:question', { count: quantity, item: itemName(t, itemId) }),
    t('salvage:returns', { items: ranges.map((range) => rangeText(t, range)).join(', ') }),
    t('salvage:perfection'),
  ];
  const buttons = [
    button(customId('confirmSalvage', proposalId), t('salvage:confirm'), ButtonStyle.Danger),
    button(customId('declineSalvage', proposalId), t('salvage:keep')),
  ];
  return { content: lines.join('\n'), components: buttonRows(buttons) };
}

/** Says what was taken apart and what came back. */
export function salvagedView(t: Translate, { itemId, quantity, perfect, items }: Salvaged) {
  const lines = [
    t('salvage:done', { count: quantity, item: itemName(t, itemId) }),
    items.length > 0 ? t('salvage:returned', { items: amounts(t, items) }) : t('salvage:nothing'),
    perfect > 0 ? t('salvage:perfect', { count: perfect }) : '',
  ];
  return { content: lines.filter((line) => line !== '').join('\n'), components: [] };
}

function rangeText(t: Translate, { itemId, least, most }: Range): string {
  const item = itemName(t, itemId);
  return least === most ? t('salvage:exactly', { least, item }) : t('salvage:range', { least, most, item });
}
