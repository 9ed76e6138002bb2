import pg, { type Pool } from 'pg';
import type { OutboxRow } from '../world/outbox.ts';
import type { World } from '../world/world.ts';

const PAGE = 1_000;

/** How far the queue's time may be from the requested one: PostgreSQL keeps microseconds, JavaScript milliseconds. */
const TOLERANCE = 1_000;

/** The longest that graphile-worker waits before it tries a failed job again: e to the tenth seconds. */
const LONGEST_RETRY = Math.exp(10) * 1_000;

interface QueuedJob {
  key: string;
  run_at: Date;
  attempts: number;
  max_attempts: number;
  locked_at: Date | null;
}

/**
 * Compares what the world waits for with what the queue has, and marks what the queue lost, gave up or has at
 * another time to be handed over again (rule R4).
 *
 * @returns how many requests were found lost
 * @throws when the queue cannot be reached
 */
export async function reconcile(world: World, pool: Pool, schema: string): Promise<number> {
  let lost = 0;
  let after = 0;
  for (;;) {
    const rows = world.outbox.page(after, PAGE);
    const last = rows.at(-1);
    if (!last) return lost;
    after = last.revision;
    const handed = rows.filter(({ handedAt }) => handedAt !== null);
    const queued = await findQueued(pool, schema, handed);
    const missing = handed.filter((row) => !isInOrder(world, row, queued.get(row.key)));
    world.outbox.markLost(missing.map(({ revision }) => revision));
    lost += missing.length;
  }
}

async function findQueued(
  pool: Pool,
  schema: string,
  rows: readonly OutboxRow[],
): Promise<Map<string, QueuedJob>> {
  const { rows: jobs } = await pool.query<QueuedJob>(
    `SELECT key, run_at, attempts, max_attempts, locked_at FROM ${pg.escapeIdentifier(schema)}.jobs WHERE key = ANY($1)`,
    [rows.map(({ key }) => key)],
  );
  return new Map(jobs.map((job) => [job.key, job]));
}

function isInOrder({ clock }: World, row: OutboxRow, job: QueuedJob | undefined): boolean {
  if (!job) return false;
  if (job.locked_at !== null) return true;
  if (job.attempts >= job.max_attempts) return false;
  const late = job.run_at.getTime() - clock.toMachineTime(row.runAt);
  if (job.attempts === 0) return Math.abs(late) <= TOLERANCE;
  // A job that failed waits for its next try, counted from now or from when it was due.
  const sinceDue = Math.max(clock.now() - row.runAt, 0);
  return late <= sinceDue + LONGEST_RETRY + TOLERANCE;
}
