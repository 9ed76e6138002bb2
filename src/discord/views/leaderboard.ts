import { type APIEmbed, ButtonStyle } from 'discord.js';
import { BOARD_NAMES, type Board } from '../../game/leaderboards/boards.ts';
import type { LeaderboardPage, Line, Standing } from '../../game/leaderboards/leaderboards.ts';
import { PERIODS, type Period } from '../../game/leaderboards/periods.ts';
import { commandMention } from '../command-mention.ts';
import { type Button, type ButtonRow, button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { relativeTime } from '../in-words.ts';
import { pageButtons } from '../paging.ts';
import { personName } from '../person.ts';
import type { Translate } from '../translate.ts';

const COLOUR = 0xf59e0b;

const MEDALS = ['🥇', '🥈', '🥉'];

/** A page of a leaderboard, for whoever asked for it. */
export interface LeaderboardLook {
  readonly page: LeaderboardPage;
  readonly readerId: string;
  /** Where the reader stands; undefined where they have nothing there, or don't want to be listed. */
  readonly standing: Standing | undefined;
  /** When the period is over; undefined for all time. */
  readonly endsAt: number | undefined;
}

/** Who has the most of something, and where the reader stands. */
export function leaderboardView(t: Translate, look: LeaderboardLook) {
  const { page, readerId, endsAt } = look;
  const { board, period, players } = page;
  const ends = endsAt === undefined ? [] : [t('leaderboards:ends', { when: relativeTime(endsAt) })];
  const embed: APIEmbed = {
    color: COLOUR,
    title: t('leaderboards:title', {
      board: t(`leaderboards:board.${board}`),
      period: t(`leaderboards:period.${period}`),
    }),
    description: [...(players > 0 ? lineTexts(t, look) : [emptyText(t, board)]), ...ends].join('\n'),
    ...(players > 0 ? { footer: { text: t('leaderboards:players', { count: players }) } } : {}),
  };
  return {
    embeds: [embed],
    components: [
      ...tabs(t, readerId, board, period),
      ...pageButtons(t, page, 'leaderboardPage', readerId, board, period),
    ],
    allowedMentions: { parse: [] },
  };
}

function lineTexts(t: Translate, { page, readerId, standing }: LeaderboardLook): string[] {
  const { lines, board } = page;
  const texts = lines.map((line) => lineText(t, board, line, readerId));
  const isShown = lines.some(({ userId }) => userId === readerId);
  if (!standing || isShown) return [...texts, ''];
  const own = standing.neighbours.map((line) => lineText(t, board, line, readerId));
  return [
    ...texts,
    '',
    t('leaderboards:yourPlace', { rank: standing.rank, players: page.players }),
    ...own,
    '',
  ];
}

function lineText(t: Translate, board: Board, { rank, userId, value }: Line, readerId: string): string {
  const place = MEDALS[rank - 1] ?? t('leaderboards:place', { rank });
  const line = t('leaderboards:line', {
    place,
    player: personName(t, userId),
    amount: t(`leaderboards:amount.${board}`, { count: value }),
  });
  return userId === readerId ? t('leaderboards:you', { line }) : line;
}

function emptyText(t: Translate, board: Board): string {
  const commands = { craft: commandMention(t, 'craft'), gather: commandMention(t, 'gather') };
  return `${t(`leaderboards:empty.${board}`, commands)}\n`;
}

/** The buttons that lead to the other boards and periods. */
function tabs(t: Translate, readerId: string, board: Board, period: Period): ButtonRow[] {
  const boards = BOARD_NAMES.map((each) =>
    tab(t(`leaderboards:board.${each}`), each === board, ['board', readerId, each, period]),
  );
  const periods = PERIODS.map((each) =>
    tab(t(`leaderboards:period.${each}`), each === period, ['period', readerId, board, each]),
  );
  return [...buttonRows(boards), ...buttonRows(periods)];
}

/** The facts begin with the row it stands in: Discord wants every custom id of a message to be different. */
function tab(label: string, isShown: boolean, facts: readonly string[]): Button {
  const style = isShown ? ButtonStyle.Primary : ButtonStyle.Secondary;
  return { ...button(customId('leaderboardTab', ...facts), label, style), disabled: isShown };
}
