import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import type { Asset, Holder } from '../world/ledger.ts';
import { translatorOf } from './translate.ts';
import { storyView, summaryView } from './views/explanation.ts';

/**
 * Where somebody's things came from and went, as it stands now.
 *
 * @param asset the one whose story is told; undefined for all of them
 */
export function showExplanation(
  interaction: BaseInteraction,
  { guildId, userId: readerId }: Holder,
  userId: string,
  asset: Asset | undefined,
  page: number,
) {
  const { world, game } = container;
  const t = translatorOf(interaction);
  const holder = { guildId, userId };
  game.dueWork.settle(world, holder);
  if (asset === undefined) {
    return summaryView(t, { readerId, userId, flows: game.explanations.summary(world.reader, holder), page });
  }
  const story = game.explanations.story(world.reader, holder, asset, page);
  const workbench = game.crafting.workbench(world.reader, holder, world.clock.now());
  return storyView(t, { readerId, userId, story, workbench });
}
