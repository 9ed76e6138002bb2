import type { Board } from '../game/leaderboards/boards.ts';
import { type Button, button } from './components.ts';
import { customId } from './custom-id.ts';
import type { Translate } from './translate.ts';

/** Opens a leaderboard of all time for whoever presses it. */
export function leaderboardButton(t: Translate, board: Board): Button {
  const label = t('announcements:leaderboard', { board: t(`leaderboards:board.${board}`) });
  return button(customId('showLeaderboard', board, 'all'), label);
}
