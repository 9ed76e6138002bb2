import { InteractionHandler, InteractionHandlerTypes, type Option } from '@sapphire/framework';
import type { Interaction } from 'discord.js';
import { isUnhandled } from '../discord/unhandled.ts';
import { refuse } from '../game/refusal.ts';

/** Answers a modal that nothing handles, so that it isn't left hanging. */
export class UnknownModal extends InteractionHandler {
  constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.ModalSubmit });
  }

  override parse(interaction: Interaction): Option<unknown> {
    return isUnhandled(interaction) ? this.some() : this.none();
  }

  override run(): void {
    refuse('brokenButton', {});
  }
}
