import { z } from 'zod';

/** A number, also as the environment has it: as text. */
function number(rule: z.ZodNumber): z.ZodType<number> {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value),
    rule,
  );
}

const port = number(z.int().min(0).max(65_535));

/**
 * Everything that can be configured, with its default. The same schema reads the file `forgeling.yaml` and, through
 * {@link ENVIRONMENT}, the environment.
 */
export const configSchema = z.strictObject({
  discord: z
    .strictObject({
      /** The bot's token. Without one, only the playground works. */
      token: z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]+$/, 'a token has no spaces and no characters beyond ASCII')
        .optional(),
      /** Where Discord's REST interface is: a proxy, or the Discord of the playground. */
      apiUrl: z
        .url({ protocol: /^https?$/ })
        .transform((url) => url.replace(/\/+$/, ''))
        .default('https://discord.com/api'),
    })
    .prefault({}),
  /** The folder of the world, the embedded PostgreSQL and the backups. */
  dataDir: z.string().min(1).default('data/var'),
  jobs: z
    .strictObject({
      /** The queue's PostgreSQL. Without one, the bot starts its own in `dataDir`. */
      databaseUrl: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
      /** The PostgreSQL schema of this world's queue. */
      schema: z
        .string()
        .regex(
          /^(?!pg_)[a-z_][a-z0-9_]{0,40}$/,
          'lower-case letters, digits and underscores, 41 at most, not beginning with pg_',
        )
        .default('graphile_worker'),
      /** How many jobs that touch only the world run at once. */
      worldConcurrency: number(z.int().min(1).max(100)).default(5),
      /** How many jobs that reach outside (Discord) run at once. */
      outsideConcurrency: number(z.int().min(1).max(100)).default(5),
      /** How often the queue is asked for jobs that have become due, in milliseconds. */
      pollInterval: number(z.int().min(50).max(60_000)).default(1_000),
      /** How often the world's open requests are compared with the queue, in milliseconds. */
      reconcileInterval: number(z.int().min(1_000)).default(180_000),
    })
    .prefault({}),
  http: z
    .strictObject({
      /** Where health and metrics are served, on 127.0.0.1. Without one, they are not. */
      port: port.optional(),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
    })
    .prefault({}),
  game: z
    .strictObject({
      /** Divides how long things take in the game. */
      speed: number(z.number().positive().max(100_000)).default(1),
      engagement: z
        .strictObject({
          /** How many points each kind of taking part is worth. */
          weights: z
            .strictObject({
              message: number(z.number().min(0).max(100)).default(1),
              reaction: number(z.number().min(0).max(100)).default(0.5),
              command: number(z.number().min(0).max(100)).default(2),
            })
            .prefault({}),
          /** No more points than this count in one minute. */
          pointsPerMinute: z.number().positive().max(1_000).default(5),
          /** How much XP a point is worth. */
          xpPerPoint: z.number().min(0).max(100).default(1),
        })
        .prefault({}),
    })
    .prefault({}),
  development: z
    .strictObject({
      /** Milliseconds that the world's clock runs ahead of the machine's: to see in a moment what takes days. */
      clockOffset: number(
        z
          .int()
          .min(0)
          .max(10 * 365 * 24 * 3_600_000),
      ).default(0),
      /** More folders with pieces (`listeners`, `jobs`, `commands`), separated by the system's path separator. */
      pieces: z.string().default(''),
    })
    .prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type GameConfig = Config['game'];
export type JobsConfig = Config['jobs'];

/** Which environment variable sets what. An empty variable counts as not set. */
export const ENVIRONMENT = {
  DISCORD_TOKEN: ['discord', 'token'],
  DISCORD_API_URL: ['discord', 'apiUrl'],
  DATA_DIR: ['dataDir'],
  JOBS_DATABASE_URL: ['jobs', 'databaseUrl'],
  JOBS_SCHEMA: ['jobs', 'schema'],
  JOBS_WORLD_CONCURRENCY: ['jobs', 'worldConcurrency'],
  JOBS_OUTSIDE_CONCURRENCY: ['jobs', 'outsideConcurrency'],
  JOBS_POLL_INTERVAL: ['jobs', 'pollInterval'],
  JOBS_RECONCILE_INTERVAL: ['jobs', 'reconcileInterval'],
  HTTP_PORT: ['http', 'port'],
  LOG_LEVEL: ['log', 'level'],
  GAME_SPEED: ['game', 'speed'],
  GAME_ENGAGEMENT_MESSAGE: ['game', 'engagement', 'weights', 'message'],
  GAME_ENGAGEMENT_REACTION: ['game', 'engagement', 'weights', 'reaction'],
  GAME_ENGAGEMENT_COMMAND: ['game', 'engagement', 'weights', 'command'],
  DEVELOPMENT_CLOCK_OFFSET: ['development', 'clockOffset'],
  DEVELOPMENT_PIECES: ['development', 'pieces'],
} as const satisfies Record<string, readonly string[]>;
