import { type ChatInputCommandSuccessPayload, Events, Listener } from '@sapphire/framework';
import { Subcommand } from '@sapphire/plugin-subcommands';
import { observeEngagement } from '../../discord/observe-engagement.ts';

/** Notices that somebody used a command; refused ones never come here, and the answer has been given before. */
export class ObserveCommand extends Listener<typeof Events.ChatInputCommandSuccess> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChatInputCommandSuccess });
  }

  override run({ command, interaction }: ChatInputCommandSuccessPayload): void {
    // A command with subcommands also counts as successful when the subcommand failed: see `observeSubcommand`.
    if (command instanceof Subcommand) return;
    const { id, guildId, channelId, user } = interaction;
    if (guildId === null) return;
    observeEngagement({ cause: `command:${id}` }, { guildId, userId: user.id, kind: 'command', channelId });
  }
}
