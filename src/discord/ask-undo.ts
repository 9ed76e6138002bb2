import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import type { Holder } from '../world/ledger.ts';
import { causeOf } from './cause.ts';
import { requireSettable } from './require-settable.ts';
import { translatorOf } from './translate.ts';
import { undoQuestionView } from './views/undo.ts';

/**
 * Asks an admin whether something is to be taken back.
 *
 * @param eventId the action; undefined for the last one that can be
 */
export function askUndo(interaction: BaseInteraction, admin: Holder, eventId: string | undefined) {
  const { world, game } = container;
  const question = world.transact(causeOf(interaction), (tx) => {
    const asked = game.undoing.propose(tx, admin, eventId);
    requireSettable(interaction, asked.action);
    return asked;
  });
  return undoQuestionView(translatorOf(interaction), question);
}
