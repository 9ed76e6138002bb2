import { Events, type InteractionHandlerError, Listener } from '@sapphire/framework';
import { answerError } from '../../discord/answer-error.ts';

/** Answers a button or the like that failed. */
export class AnswerButtonError extends Listener<typeof Events.InteractionHandlerError> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.InteractionHandlerError });
  }

  override async run(error: unknown, { handler, interaction }: InteractionHandlerError): Promise<void> {
    if (interaction.isAutocomplete()) return;
    await answerError(interaction, error, `the handler ${handler.name}`);
  }
}
