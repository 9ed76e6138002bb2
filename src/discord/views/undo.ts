import { ButtonStyle } from 'discord.js';
import type { UndoQuestion } from '../../game/admin/undoing.ts';
import { actionText } from '../admin-action-text.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import type { Translate } from '../translate.ts';

/** Asks before something is taken back: what exactly. */
export function undoQuestionView(t: Translate, { proposalId, action }: UndoQuestion) {
  const buttons = [
    button(customId('confirmUndo', proposalId), t('admin:undo.confirm'), ButtonStyle.Primary),
    button(customId('declineUndo', proposalId), t('admin:undo.keep')),
  ];
  return {
    content: t('admin:undo.question', { action: actionText(t, action) }),
    components: buttonRows(buttons),
  };
}
