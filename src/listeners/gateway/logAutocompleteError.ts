import { type AutocompleteInteractionPayload, Events, Listener } from '@sapphire/framework';
import { Refusal } from '../../game/refusal.ts';

/** Logs an autocompletion that failed; there is no way to tell the player but an empty list. */
export class LogAutocompleteError extends Listener<typeof Events.CommandAutocompleteInteractionError> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.CommandAutocompleteInteractionError });
  }

  override async run(
    error: unknown,
    { command, interaction }: AutocompleteInteractionPayload,
  ): Promise<void> {
    // Somebody who may not use the command has nothing to pick from; the command itself tells them why.
    if (error instanceof Refusal) await interaction.respond([]);
    else this.container.logger.error(`The completion for /${command.name} failed`, error);
  }
}
