import { Command } from '@sapphire/framework';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { DEFAULT_LANGUAGE, translator } from '../discord/translate.ts';
import { craftsView } from '../discord/views/crafts.ts';

const RECENT = 3;

/** Shows what a player has at work. */
export class CraftingCommand extends Command {
  constructor(context: Command.LoaderContext) {
    super(context, { description: 'See what you have at work and when it is ready' });
  }

  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      command.setName(this.name).setDescription(this.description).setContexts(InteractionContextType.Guild),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inGuild()) return;
    const { world, game } = this.container;
    const holder = { guildId: interaction.guildId, userId: interaction.user.id };
    const active = game.crafting.activeCrafts(world.reader, holder);
    const recent = game.crafting.recentCrafts(world.reader, holder, RECENT);
    const view = craftsView(translator(DEFAULT_LANGUAGE), active, recent);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
