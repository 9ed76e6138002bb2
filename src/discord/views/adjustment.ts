import { ButtonStyle } from 'discord.js';
import type { BalanceAdjusted } from '../../game/admin/adjustments.ts';
import { assetAmount } from '../assets.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { personName } from '../person.ts';
import type { Translate } from '../translate.ts';

/** What was given or taken, and a button to take that back. */
export function adjustmentView(t: Translate, { id, userId, data }: BalanceAdjusted) {
  const { asset, change, before, after } = data;
  const facts = {
    player: personName(t, userId ?? ''),
    amount: assetAmount(t, asset, Math.abs(change)),
    before,
    after,
  };
  return {
    content: t(change > 0 ? 'admin:granted' : 'admin:taken', facts),
    components: buttonRows([
      button(customId('undoAction', id), t('admin:undo.button'), ButtonStyle.Secondary),
    ]),
  };
}
