import { Command } from '@sapphire/framework';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { workbenchView } from '../discord/views/crafts.ts';

const RECENT = 3;

/** Shows what a player has at work and in the queue. */
export class CraftingCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/crafting:').setContexts(InteractionContextType.Guild),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const workbench = game.crafting.workbench(world.reader, holder, world.clock.now());
    const recent = game.crafting.recentCrafts(world.reader, holder, RECENT);
    const view = workbenchView(translatorOf(interaction), workbench, recent);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
