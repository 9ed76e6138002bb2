import { Listener } from '@sapphire/framework';
import { type Subcommand, SubcommandPluginEvents } from '@sapphire/plugin-subcommands';
import { observeEngagement } from '../../discord/observe-engagement.ts';

/** Notices that somebody used a subcommand. */
export class ObserveSubcommand extends Listener<typeof SubcommandPluginEvents.ChatInputSubcommandSuccess> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: SubcommandPluginEvents.ChatInputSubcommandSuccess });
  }

  override run({ id, guildId, channelId, user }: Subcommand.ChatInputCommandInteraction): void {
    if (guildId === null) return;
    observeEngagement({ cause: `command:${id}` }, { guildId, userId: user.id, kind: 'command', channelId });
  }
}
