import { Command } from '@sapphire/framework';

/** A command that nobody has heard of. */
export class WhistleCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      command.setName(this.name).setDescription('Whistle while you work'),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    await interaction.reply('…');
  }
}
