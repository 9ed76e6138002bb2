import { Listener } from '@sapphire/framework';
import { type Subcommand, SubcommandPluginEvents } from '@sapphire/plugin-subcommands';

/** Shows players what waits for them, after a subcommand. */
export class ShowInboxAfterSubcommand extends Listener<
  typeof SubcommandPluginEvents.ChatInputSubcommandSuccess
> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: SubcommandPluginEvents.ChatInputSubcommandSuccess });
  }

  override async run(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    await this.container.inbox.showAfter(interaction);
  }
}
