import { Command } from '@sapphire/framework';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { listCommands } from '../discord/command-list.ts';
import { localize } from '../discord/localize.ts';
import { isManager } from '../discord/manager.ts';
import { translatorOf } from '../discord/translate.ts';
import { helpView } from '../discord/views/help.ts';
import { firstSteps } from '../game/suggestions/first-steps.ts';
import { suggest } from '../game/suggestions/suggestions.ts';

/** Shows what a player could do next, and every command. */
export class HelpCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/help:').setContexts(InteractionContextType.Guild),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const t = translatorOf(interaction);
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const situation = { game, db: world.reader, holder, now: world.clock.now() };
    const view = helpView(t, {
      steps: firstSteps(situation),
      suggestions: suggest(situation),
      commands: listCommands(t, isManager(interaction)),
    });
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}
