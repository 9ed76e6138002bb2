import { randomBytes } from 'node:crypto';
import { container, UserError } from '@sapphire/framework';
import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, type RepliableInteraction } from 'discord.js';
import { Refusal } from '../game/refusal.ts';
import { AlreadyActedOn } from '../world/errors.ts';
import { refusalText } from './refusal-text.ts';
import { type Translate, translatorOf } from './translate.ts';

/** There is nobody left to answer: the interaction was answered before, or its time has run out. */
const NOBODY_TO_ANSWER: readonly (string | number)[] = [
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  RESTJSONErrorCodes.UnknownInteraction,
];

/**
 * The one place that turns whatever was thrown into words for the person who asked: an expected refusal into a
 * sentence that says what to do, anything else into a short reference under which the operator finds the whole story.
 *
 * @param doing what was being done, for the log
 */
export async function answerError(
  interaction: RepliableInteraction,
  error: unknown,
  doing: string,
): Promise<void> {
  if (error instanceof AlreadyActedOn) return;
  if (error instanceof DiscordAPIError && NOBODY_TO_ANSWER.includes(error.code)) {
    container.logger.warn(`${doing}: the answer could not be given`, error);
    return;
  }
  const content = describeToPlayer(translatorOf(interaction), interaction, error, doing);
  try {
    const answer = { content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } } as const;
    if (interaction.deferred || interaction.replied) await interaction.followUp(answer);
    else await interaction.reply(answer);
  } catch (replyError) {
    container.logger.warn(`${doing}: could not tell the player`, replyError);
  }
}

function describeToPlayer(
  t: Translate,
  interaction: RepliableInteraction,
  error: unknown,
  doing: string,
): string {
  if (error instanceof Refusal) return refusalText(t, error);
  if (error instanceof UserError) return t('errors:precondition');
  const reference = randomBytes(4).toString('hex').toUpperCase();
  container.logger.error(`[${reference}] ${doing} failed`, error);
  // An action is committed before its answer is made and sent: what failed after that must not be asked for again.
  const done = container.world.hasActedOn(interaction.id);
  return t(done ? 'errors:answerFailed' : 'errors:unexpected', { reference });
}
