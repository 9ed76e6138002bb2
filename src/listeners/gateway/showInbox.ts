import { type ChatInputCommandSuccessPayload, Events, Listener } from '@sapphire/framework';
import { Subcommand } from '@sapphire/plugin-subcommands';

/** Shows players what waits for them, after a command of theirs. */
export class ShowInbox extends Listener<typeof Events.ChatInputCommandSuccess> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ChatInputCommandSuccess });
  }

  override async run({ command, interaction }: ChatInputCommandSuccessPayload): Promise<void> {
    // A command with subcommands also counts as successful when the subcommand failed: see `showInboxAfterSubcommand`.
    if (!(command instanceof Subcommand)) await this.container.inbox.showAfter(interaction);
  }
}
