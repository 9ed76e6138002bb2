import { setTimeout as delay } from 'node:timers/promises';
import { DiscordAPIError, Routes } from 'discord.js';
import { ConfigError } from '../config/load.ts';
import type { Logger } from '../ops/logger.ts';
import type { ForgelingClient } from './client.ts';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/**
 * Connects to Discord, trying again with growing waits while Discord is away. Once connected, discord.js mends the
 * connection by itself.
 *
 * @param signal ends the attempts
 * @throws ConfigError when Discord does not accept the token
 */
export async function connectToDiscord(
  client: ForgelingClient,
  token: string,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let wait = FIRST_WAIT; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      // Asked first: the token is known to be good then, and most of what can fail has been seen not to.
      await client.rest.get(Routes.gatewayBot());
      await client.connect(token);
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof DiscordAPIError && error.status === 401) {
        throw new ConfigError('Discord does not accept the DISCORD_TOKEN.');
      }
      logger.warn({ err: error, wait }, 'Discord cannot be reached; trying again.');
      await delay(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
