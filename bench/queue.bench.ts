import { Logger, makeWorkerUtils, run as runWorkers } from 'graphile-worker';
import pg from 'pg';
import { z } from 'zod';
import { configSchema } from '../src/config/schema.ts';
import { createEventBus } from '../src/events/bus.ts';
import { createLogger } from '../src/ops/logger.ts';
import { JobQueue } from '../src/queue/job-queue.ts';
import { givenPostgres } from '../src/queue/postgres/givenPostgres.ts';
import type { RunnableJob } from '../src/queue/runnable-job.ts';
import { systemClock } from '../src/world/clock.ts';
import { World } from '../src/world/world.ts';
import { startTestPostgres } from '../test/queue/postgres/support.ts';
import { report } from './report.ts';

const JOBS = 5_000;
const CONCURRENCY = 5;

declare module '../src/world/outbox.ts' {
  interface JobPayloads {
    benchmark: { number: number };
  }
}

/** Empty jobs from the request in a transaction to the settled row, and empty graphile-worker jobs alone. */
export default async function run(): Promise<void> {
  const postgres = await startTestPostgres();
  try {
    const alone = await graphileAlone(await postgres.createDatabase());
    const ours = await throughOutbox(await postgres.createDatabase());
    report('empty jobs, graphile-worker alone', { 'a second': alone });
    report('empty jobs, outbox to settled', { 'a second': ours });
    report('graphile-worker alone / outbox to settled', { times: alone / ours });
  } finally {
    await postgres.destroy();
  }
}

async function graphileAlone(url: string): Promise<number> {
  const pgPool = new pg.Pool({ connectionString: url });
  pgPool.on('error', console.error).on('connect', (client) => client.on('error', console.error));
  const logger = new Logger(() => () => undefined);
  const utils = await makeWorkerUtils({ pgPool, logger });
  await utils.migrate();
  const done = counter();
  const started = performance.now();
  for (let from = 0; from < JOBS; from += 500) {
    await utils.addJobs(
      Array.from({ length: 500 }, (_, index) => ({
        identifier: 'benchmark',
        payload: { number: from + index },
      })),
    );
  }
  const runner = await runWorkers({
    pgPool,
    logger,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    taskList: { benchmark: done.count },
  });
  await done.all;
  const seconds = (performance.now() - started) / 1_000;
  await runner.stop();
  await utils.release();
  await pgPool.end();
  return JOBS / seconds;
}

async function throughOutbox(url: string): Promise<number> {
  const world = new World({ file: ':memory:', clock: systemClock(), dispatcher: createEventBus() });
  const done = counter();
  const job: RunnableJob = {
    name: 'benchmark',
    pool: 'world',
    payload: z.object({ number: z.int() }),
    run: done.count,
  };
  const config = { ...configSchema.parse({}).jobs, worldConcurrency: CONCURRENCY };
  const queue = new JobQueue({
    world,
    server: givenPostgres(url),
    jobs: [job],
    config,
    logger: createLogger('silent'),
  });
  const started = performance.now();
  for (let number = 0; number < JOBS; number++) {
    world.transact({ cause: `${number}` }, (tx) =>
      tx.request({ task: 'benchmark', id: `${number}`, payload: { number } }),
    );
  }
  queue.start((error) => {
    throw error;
  });
  await done.all;
  const seconds = (performance.now() - started) / 1_000;
  await queue.stop();
  world.close();
  return JOBS / seconds;
}

/** Counts the jobs and tells when they are all done. */
function counter(): { count(): void; readonly all: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let counted = 0;
  return {
    all: promise,
    count: () => {
      if (++counted === JOBS) resolve();
    },
  };
}
