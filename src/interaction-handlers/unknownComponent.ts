import { InteractionHandler, InteractionHandlerTypes, type Option } from '@sapphire/framework';
import type { Interaction } from 'discord.js';
import { isUnhandled } from '../discord/unhandled.ts';
import { refuse } from '../game/refusal.ts';

/**
 * Answers a component that nothing handles (made up by hand, or from a version that is gone), so that it isn't left
 * hanging.
 */
export class UnknownComponent extends InteractionHandler {
  constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.MessageComponent });
  }

  override parse(interaction: Interaction): Option<unknown> {
    return isUnhandled(interaction) ? this.some() : this.none();
  }

  override run(): void {
    refuse('brokenButton', {});
  }
}
