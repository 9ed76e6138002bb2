import { Command } from '@sapphire/framework';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { DEFAULT_LANGUAGE, translator } from '../discord/translate.ts';
import { inventoryView } from '../discord/views/inventory.ts';

/** Shows what a player has. */
export class InventoryCommand extends Command {
  constructor(context: Command.LoaderContext) {
    super(context, { description: 'See your materials and what you have made' });
  }

  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      command.setName(this.name).setDescription(this.description).setContexts(InteractionContextType.Guild),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inGuild()) return;
    const { world, game } = this.container;
    const holdings = game.inventory.list(world.reader, {
      guildId: interaction.guildId,
      userId: interaction.user.id,
    });
    const view = inventoryView(translator(DEFAULT_LANGUAGE), game.catalog.current, holdings);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
