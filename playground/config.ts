import { resolve } from 'node:path';
import { z } from 'zod';

/** Where the page is looked for first; another free port is taken when it is in use and was not asked for. */
const USUAL_PORT = 4321;

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  DATA_DIR: z.string().min(1).default('data/var/playground'),
  GAME_SPEED: z.coerce.number().positive().max(100_000).default(60),
  LOG_LEVEL: z.string().min(1).default('info'),
});

/** What the playground is run with. */
export interface PlaygroundConfig {
  readonly port: number;
  /** Whether another port will do. */
  readonly anyPort: boolean;
  /** Absolute; the bot's world lives there. */
  readonly dataDirectory: string;
  /** How many times as fast the game goes at first. */
  readonly speed: number;
  /** Whether the bot is started again when its code changes (`--watch`). */
  readonly watch: boolean;
  /** What the bot inherits: but for the speed, which stands in a file that can be changed while it runs. */
  readonly botEnvironment: Readonly<Record<string, string | undefined>>;
}

/**
 * The only place that reads `process.env` here: `PORT`, `DATA_DIR`, `GAME_SPEED` (60 times as fast unless it says
 * otherwise) and `LOG_LEVEL`.
 *
 * @param root the project's folder
 * @throws ZodError when a value makes no sense
 */
export function readConfig(root: string): PlaygroundConfig {
  const { PORT, DATA_DIR, GAME_SPEED, LOG_LEVEL } = environment.parse(process.env);
  const dataDirectory = resolve(root, DATA_DIR);
  return {
    port: PORT ?? USUAL_PORT,
    anyPort: PORT === undefined,
    dataDirectory,
    speed: GAME_SPEED,
    watch: process.argv.includes('--watch'),
    // Empty, so that the bot does not find it in a file .env either: the environment goes before the file.
    botEnvironment: { ...process.env, DATA_DIR: dataDirectory, GAME_SPEED: '', LOG_LEVEL },
  };
}
