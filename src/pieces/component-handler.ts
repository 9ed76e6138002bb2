import { InteractionHandler, type InteractionHandlerTypes, type Option } from '@sapphire/framework';
import type { Interaction, MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js';
import type { z } from 'zod';
import { parseCustomId } from '../discord/custom-id.ts';
import { refuse } from '../game/refusal.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    brokenButton: Record<string, never>;
  }
}

/** Something with a custom id that was used. */
export type ComponentInteraction = MessageComponentInteraction | ModalSubmitInteraction;

/**
 * What a component or a modal does, found in `src/interaction-handlers` under the name that its custom id starts with.
 * The facts in the id come from outside: their shape is checked here, whether they are true is for {@link use} to check.
 */
export abstract class ComponentHandler<
  Facts extends readonly unknown[],
  Used extends ComponentInteraction,
> extends InteractionHandler {
  abstract readonly facts: z.ZodType<Facts>;

  constructor(context: InteractionHandler.LoaderContext, type: InteractionHandlerTypes) {
    super(context, { interactionHandlerType: type });
  }

  /** Somebody used it in a server. Refusals and errors are answered by the error listeners. */
  protected abstract use(interaction: Used, facts: Facts): Promise<unknown>;

  override parse(interaction: Interaction): Option<unknown> {
    return nameOfHandler(interaction) === this.name ? this.some() : this.none();
  }

  override async run(interaction: Interaction): Promise<void> {
    // The kind that the constructor names lets no other interactions through.
    const used = interaction as Used;
    const facts = this.facts.safeParse(parseCustomId(used.customId).facts);
    if (!facts.success || !used.inGuild()) return refuse('brokenButton', {});
    await this.use(used, facts.data);
  }
}

/** The name of the piece that is to handle an interaction, as far as its custom id goes. */
export function nameOfHandler(interaction: Interaction): string | undefined {
  const hasId = interaction.isMessageComponent() || interaction.isModalSubmit();
  return hasId ? parseCustomId(interaction.customId).handler : undefined;
}
