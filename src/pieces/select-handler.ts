import { type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { AnySelectMenuInteraction } from 'discord.js';
import { ComponentHandler } from './component-handler.ts';

/** Something chosen in a server. */
export type GuildSelectInteraction = AnySelectMenuInteraction<'cached' | 'raw'>;

/** What a select does, whatever can be chosen in it: texts, channels, roles. */
export abstract class SelectHandler<Facts extends readonly unknown[]> extends ComponentHandler<
  Facts,
  GuildSelectInteraction
> {
  constructor(context: SelectHandler.LoaderContext) {
    super(context, InteractionHandlerTypes.SelectMenu);
  }

  /**
   * Somebody chose something.
   *
   * @param chosen the values, or the ids of what they stand for: whatever a client sends
   */
  abstract choose(
    interaction: GuildSelectInteraction,
    chosen: readonly string[],
    ...facts: Facts
  ): Promise<unknown>;

  protected override use(interaction: GuildSelectInteraction, facts: Facts): Promise<unknown> {
    return this.choose(interaction, interaction.values, ...facts);
  }
}

export declare namespace SelectHandler {
  type LoaderContext = InteractionHandler.LoaderContext;
}
