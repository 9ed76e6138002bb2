import { type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { ButtonInteraction } from 'discord.js';
import { ComponentHandler } from './component-handler.ts';

/** A button pressed in a server. */
export type GuildButtonInteraction = ButtonInteraction<'cached' | 'raw'>;

/** What a button does. */
export abstract class ButtonHandler<Facts extends readonly unknown[]> extends ComponentHandler<
  Facts,
  GuildButtonInteraction
> {
  constructor(context: ButtonHandler.LoaderContext) {
    super(context, InteractionHandlerTypes.Button);
  }

  /** Somebody pressed the button. */
  abstract press(interaction: GuildButtonInteraction, ...facts: Facts): Promise<unknown>;

  protected override use(interaction: GuildButtonInteraction, facts: Facts): Promise<unknown> {
    return this.press(interaction, ...facts);
  }
}

export declare namespace ButtonHandler {
  type LoaderContext = InteractionHandler.LoaderContext;
}
