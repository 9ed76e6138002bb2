import { Command } from '@sapphire/framework';
import { InteractionContextType } from 'discord.js';
import { actorOf } from '../discord/actor.ts';
import { withBoosts } from '../discord/boosts.ts';
import { causeOf } from '../discord/cause.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { dailyView } from '../discord/views/daily.ts';
import { xpFactor } from '../game/terms/settings.ts';

/** Hands over the gift of the day. */
export class DailyCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/daily:').setContexts(InteractionContextType.Guild),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const actor = actorOf(interaction);
    game.dueWork.settle(world, actor);
    const claimed = world.transact(causeOf(interaction), (tx) => game.daily.claim(tx, actor));
    const t = translatorOf(interaction);
    await interaction.reply(withBoosts(t, actor.guildId, dailyView(t, claimed), [xpFactor]));
  }
}
