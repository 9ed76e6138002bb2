/**
 * A bot's queue in a process of its own, to be killed: prints a line when a job starts, and never ends one whose id
 * begins with "stuck". `node doomed-bot.ts <world file> <database URL>`
 */
import { pino } from 'pino';
import { configSchema } from '../../src/config/schema.ts';
import { JobQueue } from '../../src/queue/job-queue.ts';
import { givenPostgres } from '../../src/queue/postgres/givenPostgres.ts';
import type { RunnableJob } from '../../src/queue/runnable-job.ts';
import { systemClock } from '../../src/world/clock.ts';
import { World } from '../../src/world/world.ts';
import { errand } from './errand.ts';

const [, , file = '', databaseUrl = ''] = process.argv;
const world = new World({ file, clock: systemClock(), dispatcher: { dispatch: () => undefined } });

const run: RunnableJob['run'] = async (payload) => {
  const { id } = errand.parse(payload);
  process.stdout.write(`${id}\n`);
  if (id.startsWith('stuck')) await new Promise(() => undefined);
};
const queue = new JobQueue({
  world,
  server: givenPostgres(databaseUrl),
  jobs: [
    { name: 'stokeForge', pool: 'world', payload: errand, run },
    { name: 'sendRaven', pool: 'outside', payload: errand, run },
  ],
  config: { ...configSchema.parse({}).jobs, pollInterval: 100 },
  logger: pino({ level: 'silent' }),
});
queue.start(() => process.exit(1));
