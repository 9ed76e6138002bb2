import { type ChatInputCommandDeniedPayload, Events, Listener, type UserError } from '@sapphire/framework';
import { answerError } from '../../discord/answer-error.ts';

/** Answers a command that this person may not use here. */
export class AnswerCommandDenied extends Listener<typeof Events.ChatInputCommandDenied> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChatInputCommandDenied });
  }

  override async run(
    error: UserError,
    { command, interaction }: ChatInputCommandDeniedPayload,
  ): Promise<void> {
    await answerError(interaction, error, `/${command.name}`);
  }
}
