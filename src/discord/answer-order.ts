import { container } from '@sapphire/framework';
import { MessageFlags, type RepliableInteraction } from 'discord.js';
import type { Craft } from '../game/crafting/crafts.table.ts';
import type { Actor } from '../game/players/players.ts';
import { Refusal } from '../game/refusal.ts';
import type { Tx } from '../world/transaction.ts';
import { actorOf } from './actor.ts';
import { withBoosts } from './boosts.ts';
import { causeOf } from './cause.ts';
import { translatorOf } from './translate.ts';
import { orderedView } from './views/crafts.ts';
import { planView } from './views/plan.ts';

/**
 * Places an order and answers with what became of it. Where materials are missing, whoever ordered is shown the way to
 * them instead.
 *
 * @param order places it; whatever else it refuses is thrown
 */
export async function answerOrder(
  interaction: RepliableInteraction,
  order: (tx: Tx, actor: Actor) => Craft,
  { isPrivate = false } = {},
): Promise<void> {
  const { world, game } = container;
  const t = translatorOf(interaction);
  const actor = actorOf(interaction);
  game.dueWork.settle(world, actor);
  const outcome = placeOrder(interaction, actor, order);
  if (outcome instanceof Refusal) {
    const { recipeId, count, missing } = outcome.facts;
    const plan = game.planning.planCraft(world.reader, actor, recipeId, count);
    // What was refused left nothing behind, so this is the first that the interaction does.
    const offers = world.transact(causeOf(interaction), (tx) => game.planning.offerSteps(tx, actor, plan));
    await interaction.reply({ ...planView(t, plan, missing, offers), flags: MessageFlags.Ephemeral });
    return;
  }
  const { waiting } = game.crafting.workbench(world.reader, actor, world.clock.now());
  const view = orderedView(
    t,
    outcome,
    waiting.find(({ craft }) => craft.id === outcome.id),
  );
  const told = withBoosts(t, actor.guildId, view);
  await interaction.reply(isPrivate ? { ...told, flags: MessageFlags.Ephemeral } : told);
}

function placeOrder(
  interaction: RepliableInteraction,
  actor: Actor,
  order: (tx: Tx, actor: Actor) => Craft,
): Craft | Refusal<'missingMaterials'> {
  try {
    return container.world.transact(causeOf(interaction), (tx) => order(tx, actor));
  } catch (error) {
    if (isAbout(error, 'missingMaterials')) return error;
    throw error;
  }
}

function isAbout<Code extends Refusal['code']>(error: unknown, code: Code): error is Refusal<Code> {
  return error instanceof Refusal && error.code === code;
}
