import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import type { Board } from '../game/leaderboards/boards.ts';
import { endOfPeriod, type Period } from '../game/leaderboards/periods.ts';
import { holderOf } from './actor.ts';
import { translatorOf } from './translate.ts';
import { leaderboardView } from './views/leaderboard.ts';

/** A page of a leaderboard as it stands now, as whoever asks sees it. */
export function showLeaderboard(interaction: BaseInteraction, board: Board, period: Period, page: number) {
  const { world, game } = container;
  const reader = holderOf(interaction);
  game.dueWork.settle(world, reader);
  const now = world.clock.now();
  const which = { guildId: reader.guildId, board, period };
  return leaderboardView(translatorOf(interaction), {
    page: game.leaderboards.page(world.reader, which, page, now),
    readerId: reader.userId,
    standing: game.leaderboards.standing(world.reader, { ...which, userId: reader.userId }, now),
    endsAt: endOfPeriod(period, now),
  });
}
