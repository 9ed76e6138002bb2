import { container } from '@sapphire/framework';
import type { ChatInputCommandInteraction } from 'discord.js';
import type { Adjustment, BalanceAdjusted } from '../game/admin/adjustments.ts';
import type { Holder } from '../world/ledger.ts';
import type { Tx } from '../world/transaction.ts';
import { typedAsset } from './assets.ts';
import { causeOf } from './cause.ts';
import { translatorOf } from './translate.ts';
import { adjustmentView } from './views/adjustment.ts';

/**
 * Gives somebody something or takes it, by the options of the command.
 *
 * @param userId whose balance it is
 * @param change what is done
 */
export function adjust(
  interaction: ChatInputCommandInteraction,
  { guildId }: Holder,
  userId: string,
  change: (tx: Tx, wish: Adjustment) => BalanceAdjusted,
) {
  const { world, game } = container;
  const { options } = interaction;
  const t = translatorOf(interaction);
  // What is due by now counts as theirs.
  game.dueWork.settle(world, { guildId, userId });
  const wish = {
    userId,
    asset: typedAsset(t, options.getString('what', true)),
    amount: options.getInteger('amount', true),
    reason: options.getString('reason', true),
  };
  return adjustmentView(
    t,
    world.transact(causeOf(interaction), (tx) => change(tx, wish)),
  );
}
