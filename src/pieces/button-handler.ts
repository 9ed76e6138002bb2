import { InteractionHandler, InteractionHandlerTypes, type Option } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import type { z } from 'zod';
import { parseCustomId } from '../discord/custom-id.ts';
import { refuse } from '../game/refusal.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    brokenButton: Record<string, never>;
  }
}

/** A button pressed in a server. */
export type GuildButtonInteraction = ButtonInteraction<'cached' | 'raw'>;

/**
 * What a button does, found in `src/interaction-handlers` under the name that its custom id starts with. The facts in
 * the id come from outside: their shape is checked here, whether they are true is for {@link press} to check.
 */
export abstract class ButtonHandler<Facts extends readonly unknown[]> extends InteractionHandler {
  abstract readonly facts: z.ZodType<Facts>;

  constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.Button });
  }

  /** Somebody pressed the button. Refusals and errors are answered by the error listeners. */
  abstract press(interaction: GuildButtonInteraction, ...facts: Facts): Promise<unknown>;

  override parse(interaction: ButtonInteraction): Option<unknown> {
    const { handler } = parseCustomId(interaction.customId);
    return handler === this.name ? this.some() : this.none();
  }

  override async run(interaction: ButtonInteraction): Promise<void> {
    const facts = this.facts.safeParse(parseCustomId(interaction.customId).facts);
    if (!facts.success || !interaction.inGuild()) refuse('brokenButton', {});
    await this.press(interaction, ...facts.data);
  }
}

export declare namespace ButtonHandler {
  type LoaderContext = InteractionHandler.LoaderContext;
}
