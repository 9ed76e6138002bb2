import { type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import { ComponentType, type ModalSubmitInteraction } from 'discord.js';
import { ComponentHandler } from './component-handler.ts';

/** A modal sent from a server. */
export type GuildModalInteraction = ModalSubmitInteraction<'cached' | 'raw'>;

/** What is done with what somebody typed into a modal. */
export abstract class ModalHandler<Facts extends readonly unknown[]> extends ComponentHandler<
  Facts,
  GuildModalInteraction
> {
  constructor(context: ModalHandler.LoaderContext) {
    super(context, InteractionHandlerTypes.ModalSubmit);
  }

  /**
   * Somebody sent what they typed.
   *
   * @param typed what is in the fields, in their order: whatever a client sends
   */
  abstract submit(
    interaction: GuildModalInteraction,
    typed: readonly string[],
    ...facts: Facts
  ): Promise<unknown>;

  protected override use(interaction: GuildModalInteraction, facts: Facts): Promise<unknown> {
    const typed = interaction.fields.fields.map((field) =>
      field.type === ComponentType.TextInput ? field.value : '',
    );
    return this.submit(interaction, typed, ...facts);
  }
}

export declare namespace ModalHandler {
  type LoaderContext = InteractionHandler.LoaderContext;
}
