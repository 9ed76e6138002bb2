import { container } from '@sapphire/framework';
import { z } from 'zod';
import { composeMessage } from '../discord/views/announcements.ts';
import type { ChannelMessage } from '../game/announcements/channel-messages.table.ts';
import type { Compose, Outcome, Step } from '../game/announcements/channel-messages.ts';
import { isDirect } from '../game/announcements/outlet.ts';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';

/** How soon a place is looked at again when it cannot be dealt with right now, in milliseconds. */
const LOOK_AGAIN_AFTER = 1_000;

/** Tells a place what is pending for it: freezes one message, sends it, records what became of it. */
export class DiscordNotify extends Job<'discordNotify'> {
  override readonly pool = 'outside';
  override readonly payload = z.object({ outletId: z.string() });

  override async run({ outletId }: { outletId: string }, { cause, signal }: JobRun): Promise<void> {
    const { world, game, channelSender, serverDirectory } = this.container;
    using turn = channelSender.takeTurn(outletId);
    // Discord has yet to tell which servers the bot is in and what it may do there.
    if (!turn || !serverDirectory.isKnown) {
      const runAt = world.clock.now() + LOOK_AGAIN_AFTER;
      world.transact({ cause }, (tx) => game.announcements.request(tx, outletId, runAt));
      return;
    }
    const isChannel = !isDirect(outletId);
    const problem = isChannel ? serverDirectory.problemIn(outletId) : undefined;
    const home = isChannel ? serverDirectory.homeOf(outletId) : undefined;
    const step = world.transact({ cause }, (tx) =>
      game.channelMessages.next(tx, outletId, { problem, home, ownerOf }, compose),
    );
    if (step.do === 'openDirect') await this.#openDirect(outletId, step.userId, { cause, signal });
    if (step.do === 'send' || step.do === 'lookFor') await this.#send(step, { cause, signal });
  }

  async #send(step: Extract<Step, { do: 'send' | 'lookFor' }>, { cause, signal }: JobRun): Promise<void> {
    const { world, game, channelSender } = this.container;
    const { message, isRepetition } = step;
    const outcome =
      step.do === 'send'
        ? await channelSender.send(message, isRepetition, signal)
        : await channelSender.lookFor(message, signal);
    this.#log(message, outcome);
    world.transact({ cause: `${cause}/sent` }, (tx) => game.channelMessages.end(tx, step, outcome, ownerOf));
  }

  async #openDirect(outletId: string, userId: string, { cause, signal }: JobRun): Promise<void> {
    const { world, game, channelSender } = this.container;
    const outcome = await channelSender.openDirect(userId, signal);
    world.transact({ cause: `${cause}/opened` }, (tx) =>
      game.channelMessages.noteOpened(tx, outletId, outcome),
    );
  }

  #log({ id, outletId, guildId }: ChannelMessage, outcome: Outcome): void {
    if (outcome.became === 'sent' || outcome.became === 'searching' || outcome.became === 'absent') return;
    const level =
      outcome.became === 'malformed' ? 'error' : outcome.became === 'postponed' ? 'debug' : 'warn';
    this.container.logger[level](
      `The message ${id} for ${outletId} in server ${guildId} is ${outcome.became}`,
      whyOf(outcome),
    );
  }
}

function whyOf(outcome: Exclude<Outcome, { became: 'sent' | 'searching' | 'absent' }>): string {
  if (outcome.became === 'postponed') return `for ${outcome.wait} ms`;
  if (outcome.became !== 'foreign') return outcome.detail;
  return `the channel belongs to ${outcome.home === null ? 'no server' : `the server ${outcome.home}`}`;
}

const compose: Compose = (announcements, messageId) => {
  try {
    return composeMessage(announcements, messageId);
  } catch (error) {
    container.logger.error(`A message of ${announcements.length} announcements cannot be composed`, error);
    throw error;
  }
};

function ownerOf(guildId: string): string | undefined {
  return container.serverDirectory.server(guildId)?.ownerId;
}
