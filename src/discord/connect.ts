import { setTimeout as delay } from 'node:timers/promises';
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes } from 'discord.js';
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
      await client.connect(token);
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (isRefusedToken(error)) throw new ConfigError('Discord does not accept the DISCORD_TOKEN.');
      logger.warn({ err: error, wait }, 'Discord cannot be reached; trying again.');
      await delay(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}

function isRefusedToken(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return error.status === 401;
  return error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
}
