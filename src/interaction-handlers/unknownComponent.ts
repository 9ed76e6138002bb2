import { InteractionHandler, InteractionHandlerTypes, type Option } from '@sapphire/framework';
import type { Interaction } from 'discord.js';
import { parseCustomId } from '../discord/custom-id.ts';
import { refuse } from '../game/refusal.ts';

/** Answers a button that nothing handles (made up by hand, or from a version that is gone), so that it isn't left hanging. */
export class UnknownComponent extends InteractionHandler {
  constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.MessageComponent });
  }

  override parse(interaction: Interaction): Option<unknown> {
    if (!interaction.isMessageComponent()) return this.none();
    const { handler } = parseCustomId(interaction.customId);
    return this.store.has(handler) && handler !== this.name ? this.none() : this.some();
  }

  override run(): void {
    refuse('brokenButton', {});
  }
}
