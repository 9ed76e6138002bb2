import { join } from 'node:path';
import { PROJECT_ROOT } from '../src/config/load.ts';
import { ForgelingClient } from '../src/discord/client.ts';
import { SapphireLogger } from '../src/discord/sapphire-logger.ts';
import type { Logger } from '../src/ops/logger.ts';

/**
 * The bot's client as it is made in production, without a way to Discord: for the simulation and for tests of pieces.
 * Fill the container, then load its pieces.
 */
export function createOfflineClient(
  logger: Logger,
  localesDirectory = join(PROJECT_ROOT, 'data/locales'),
): ForgelingClient {
  return new ForgelingClient({
    token: 'none',
    apiUrl: 'http://127.0.0.1:9',
    logger: new SapphireLogger(logger),
    piecesDirectory: join(PROJECT_ROOT, 'src'),
    morePieces: [],
    localesDirectory,
    beforeRequest: () => Promise.resolve(),
    onInvalidAnswer: () => undefined,
  });
}
