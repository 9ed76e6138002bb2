import { Command } from '@sapphire/framework';
import { InteractionContextType } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { type Portrait, type Profile, profileView, strangerView } from '../discord/views/profile.ts';
import type { Holder } from '../world/ledger.ts';

/** Shows how far somebody has come. */
export class ProfileCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/profile:')
        .setContexts(InteractionContextType.Guild)
        .addUserOption((option) => localize(option, 'commands/profile:user.')),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const reader = holderOf(interaction);
    const user = interaction.options.getUser('user') ?? interaction.user;
    const holder = { ...reader, userId: user.id };
    for (const each of [reader, holder]) game.dueWork.settle(world, each);
    const t = translatorOf(interaction);
    const portrait = { userId: user.id, name: user.displayName, avatarUrl: user.displayAvatarURL() };
    const since = game.players.joinedAt(world.reader, holder);
    const view =
      since === undefined
        ? strangerView(t, portrait, user.id === reader.userId)
        : profileView(t, this.#profile(holder, portrait, since));
    await interaction.reply(view);
  }

  #profile(holder: Holder, portrait: Portrait, since: number): Profile {
    const { world, game } = this.container;
    const db = world.reader;
    const now = world.clock.now();
    const thisWeek = { ...holder, board: 'xp', period: 'week' } as const;
    return {
      ...portrait,
      progress: game.progression.progress(db, holder),
      rank: game.leaderboards.standing(db, thisWeek, now)?.rank,
      workbench: game.crafting.workbench(db, holder, now),
      trip: game.gathering.underWay(db, holder),
      figures: game.measures.figures(db, holder),
      achievements: game.achievements.progress(db, holder),
      streak: {
        days: game.daily.currentStreak(db, holder, now),
        longest: game.daily.streak(db, holder)?.longest ?? 0,
      },
      since,
    };
  }
}
