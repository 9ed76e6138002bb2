import { z } from 'zod';
import { flag, number, section, setting } from './setting.ts';
import { settingsOf } from './settings.ts';

const port = () => number(z.int().min(0).max(65_535));
const weight = () => number(z.number().min(0).max(100));

/**
 * Everything that can be configured, with its default. The same schema reads the file and the environment, and is what
 * `docs/configuration.md`, `.env.example`, `npm run config` and the log know of the settings.
 *
 * A feature adds its own by one more `section` here, or one more `setting` in a section. The environment variable follows
 * from the path (`backups.keepDays` is BACKUPS_KEEP_DAYS); numbers are wrapped in `number` so that they can come from
 * there. What is read anew each time it is needed, from `{ current }`, is marked `live`. Then `npm run config -- docs`.
 */
export const configSchema = z.strictObject({
  discord: section('How the bot reaches Discord.', {
    token: setting(
      z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]+$/, 'a token has no spaces and no characters beyond ASCII')
        .optional(),
      { description: 'The bot’s token. Without one, only the playground works.', secret: true },
    ),
    apiUrl: setting(
      z
        .url({ protocol: /^https?$/ })
        .overwrite((url) => url.replace(/\/+$/, ''))
        .default('https://discord.com/api'),
      { description: 'Where Discord’s REST interface is: a proxy, or the Discord of the playground.' },
    ),
  }),
  dataDir: setting(z.string().min(1).default('data/var'), {
    description:
      'The folder of the world, the embedded PostgreSQL and the backups. A relative one starts at this checkout.',
  }),
  jobs: section('The queue of what happens later.', {
    databaseUrl: setting(z.url({ protocol: /^postgres(ql)?$/ }).optional(), {
      description: 'The queue’s PostgreSQL. Without one, the bot starts its own in `dataDir`.',
    }),
    schema: setting(
      z
        .string()
        .regex(
          /^(?!pg_)[a-z_][a-z0-9_]{0,40}$/,
          'lower-case letters, digits and underscores, 41 at most, not beginning with pg_',
        )
        .default('graphile_worker'),
      { description: 'The PostgreSQL schema of this world’s queue: two worlds on one database need two.' },
    ),
    worldConcurrency: setting(number(z.int().min(1).max(100)).default(5), {
      description: 'How many jobs that touch only the world run at once.',
    }),
    outsideConcurrency: setting(number(z.int().min(1).max(100)).default(5), {
      description: 'How many jobs that reach outside (Discord) run at once.',
    }),
    pollInterval: setting(number(z.int().min(50).max(60_000)).default(1_000), {
      description: 'How often the queue is asked for jobs that have become due, in milliseconds.',
    }),
    reconcileInterval: setting(number(z.int().min(1_000)).default(180_000), {
      description: 'How often the world’s open requests are compared with the queue, in milliseconds.',
    }),
  }),
  backups: section('Copies of the world, one a day.', {
    keepDays: setting(number(z.int().min(0).max(365)).default(7), {
      description:
        'For how many days each copy in `dataDir`/backups is kept. 0 makes none, and removes those that there are.',
    }),
  }),
  http: section('Health and metrics.', {
    port: setting(port().optional(), {
      description:
        'Where health and metrics are served, on 127.0.0.1. Without one, they are not; 0 is any free one.',
    }),
  }),
  log: section('What is logged.', {
    level: setting(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'), {
      description: 'What is written to the log: this, and what is more serious.',
      live: true,
    }),
  }),
  game: section('How the game plays, on every server.', {
    speed: setting(number(z.number().positive().max(100_000)).default(1), {
      description:
        'Divides how long crafts, trips and the like take. What is under way keeps the time it was promised.',
      live: true,
    }),
    greeting: setting(flag().default(true), {
      description: 'Whether the bot says hello, once, in a server that it is new in.',
      live: true,
    }),
    engagement: section('What taking part in the chat is worth.', {
      weights: section('How many points each kind of taking part is worth.', {
        message: setting(weight().default(1), {
          description: 'The points of a message.',
          live: true,
          variable: 'GAME_ENGAGEMENT_MESSAGE',
        }),
        reaction: setting(weight().default(0.5), {
          description: 'The points of a reaction.',
          live: true,
          variable: 'GAME_ENGAGEMENT_REACTION',
        }),
        command: setting(weight().default(2), {
          description: 'The points of a command.',
          live: true,
          variable: 'GAME_ENGAGEMENT_COMMAND',
        }),
      }),
      pointsPerMinute: setting(number(z.number().positive().max(1_000)).default(5), {
        description: 'No more points than this count in one minute.',
        live: true,
      }),
      xpPerPoint: setting(number(z.number().min(0).max(100)).default(1), {
        description: 'How much XP a point is worth.',
        live: true,
      }),
    }),
  }),
  development: section('For development and tests.', {
    clockOffset: setting(
      number(
        z
          .int()
          .min(0)
          .max(10 * 365 * 24 * 3_600_000),
      ).default(0),
      {
        description:
          'Milliseconds that the world’s clock runs ahead of the machine’s: to see in a moment what takes days.',
      },
    ),
    content: setting(z.string().min(1).default('data/content'), {
      description: 'The folder of the game’s content. A relative one starts at this checkout.',
    }),
    pieces: setting(z.string().default(''), {
      description:
        'More folders with pieces (`listeners`, `jobs`, `commands`), separated by the system’s path separator.',
    }),
    inspect: setting(flag().default(false), {
      description:
        'Whether the bot tells the process that started it what happens inside, as the playground’s bot does. Only with a Discord on this machine.',
    }),
  }),
});

export type Config = z.output<typeof configSchema>;
export type GameConfig = Config['game'];
export type JobsConfig = Config['jobs'];

/** Every setting there is, in the order of the schema. */
export const SETTINGS = settingsOf(configSchema);
