import { type AutocompleteInteractionPayload, Events, Listener } from '@sapphire/framework';

/** Logs an autocompletion that failed; there is no way to tell the player but an empty list. */
export class LogAutocompleteError extends Listener<typeof Events.CommandAutocompleteInteractionError> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.CommandAutocompleteInteractionError });
  }

  override run(error: unknown, { command }: AutocompleteInteractionPayload): void {
    this.container.logger.error(`The completion for /${command.name} failed`, error);
  }
}
