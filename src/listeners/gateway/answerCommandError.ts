import { type ChatInputCommandErrorPayload, Events, Listener } from '@sapphire/framework';
import { answerError } from '../../discord/answer-error.ts';

/** Answers a command that failed. */
export class AnswerCommandError extends Listener<typeof Events.ChatInputCommandError> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChatInputCommandError });
  }

  override async run(error: unknown, { command, interaction }: ChatInputCommandErrorPayload): Promise<void> {
    await answerError(interaction, error, `/${command.name}`);
  }
}
