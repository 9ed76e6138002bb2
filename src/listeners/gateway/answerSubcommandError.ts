import { Listener } from '@sapphire/framework';
import { type ChatInputSubcommandErrorPayload, SubcommandPluginEvents } from '@sapphire/plugin-subcommands';
import { answerError } from '../../discord/answer-error.ts';

/** Answers a subcommand that failed. */
export class AnswerSubcommandError extends Listener<typeof SubcommandPluginEvents.ChatInputSubcommandError> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: SubcommandPluginEvents.ChatInputSubcommandError });
  }

  override async run(
    error: unknown,
    { command, interaction }: ChatInputSubcommandErrorPayload,
  ): Promise<void> {
    await answerError(interaction, error, `/${command.name}`);
  }
}
