import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { JobQueue } from '../queue/job-queue.ts';
import { POOLS } from '../queue/runnable-job.ts';
import type { World } from '../world/world.ts';

/** What is told to servers and players, as far as it is measured. */
export interface TellingFigures {
  /** What became of all that was to be told in the last day. */
  fates(): readonly {
    readonly audience: string;
    readonly state: string;
    readonly reason: string | null;
    readonly count: number;
  }[];
  /** What waits to be told, and for how long the first of it has, in milliseconds. */
  waiting(): { readonly count: number; readonly longest: number };
  /** How many channels and people the bot cannot write to. */
  problems(): readonly { readonly problem: string; readonly count: number }[];
  /** How many of Discord's answers in the last ten minutes count against the bot. */
  invalidAnswers(): number;
}

/** Something that is read from files while the bot runs. */
export interface FollowedFigures {
  readonly name: string;
  /** Whether the files cannot be used as they are now. */
  readonly isRefused: boolean;
}

/** The bot's figures in the format of Prometheus, read when they are asked for. */
export function createMetrics(
  world: World,
  queue: JobQueue,
  telling: TellingFigures,
  followed: readonly FollowedFigures[],
): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, collect: (gauge: Gauge) => void, labelNames: string[] = []) =>
    new Gauge({
      name: `forgeling_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        collect(this);
      },
    });
  const perPool = (name: string, help: string, read: 'running' | 'mostRunning' | 'succeeded' | 'failed') =>
    gauge(
      name,
      help,
      (metric) => {
        const { pools } = queue.status();
        for (const pool of POOLS) metric.set({ pool }, pools[pool][read]);
      },
      ['pool'],
    );
  gauge('queue_connected', 'Whether jobs are being run', (metric) =>
    metric.set(queue.status().connected ? 1 : 0),
  );
  perPool('jobs_running', 'Jobs running now', 'running');
  perPool('jobs_most_running', 'The most jobs that ran at once since the start', 'mostRunning');
  perPool('jobs_succeeded', 'Jobs that succeeded since the start', 'succeeded');
  perPool('jobs_failed', 'Runs of jobs that failed since the start', 'failed');
  gauge('outbox_waiting', 'Jobs that the world waits for', (metric) =>
    metric.set(world.outbox.count().waiting),
  );
  gauge('outbox_to_hand_over', 'Jobs that the queue has not taken yet', (metric) =>
    metric.set(world.outbox.count().toHandOver),
  );
  gauge('deliveries_pending', 'Events that a listener failed on and will get again', (metric) =>
    metric.set(world.deliveries.count().pending),
  );
  gauge('deliveries_dead', 'Events that a listener failed on and that wait for an operator', (metric) =>
    metric.set(world.deliveries.count().dead),
  );
  const readFates = sparingly(() => telling.fates());
  gauge(
    'announcements',
    'What became of what was to be told in the last day',
    (metric) => {
      metric.reset();
      for (const { audience, state, reason, count } of readFates())
        metric.set({ audience, state, reason: reason ?? '' }, count);
    },
    ['audience', 'state', 'reason'],
  );
  gauge('announcements_waiting', 'Announcements that wait to be told', (metric) =>
    metric.set(telling.waiting().count),
  );
  gauge('announcements_waiting_seconds', 'For how long the first of these has waited', (metric) =>
    metric.set(telling.waiting().longest / 1_000),
  );
  gauge(
    'outlets_paused',
    'Channels and people that the bot cannot write to',
    (metric) => {
      metric.reset();
      for (const { problem, count } of telling.problems()) metric.set({ problem }, count);
    },
    ['problem'],
  );
  gauge('invalid_answers', 'Answers of 401, 403 or 429 in the last ten minutes', (metric) =>
    metric.set(telling.invalidAnswers()),
  );
  gauge(
    'files_refused',
    'Whether files that changed cannot be used: what was in force stays, and the next start would fail',
    (metric) => {
      for (const { name, isRefused } of followed) metric.set({ of: name }, isRefused ? 1 : 0);
    },
    ['of'],
  );
  return registry;
}

/** What takes long to read is read anew only when a hundred times as long has passed: it holds up everything else. */
function sparingly<Figures>(read: () => Figures): () => Figures {
  let known: { readonly figures: Figures; readonly until: number } | undefined;
  return () => {
    const start = performance.now();
    if (known && start < known.until) return known.figures;
    const figures = read();
    const end = performance.now();
    known = { figures, until: end + 100 * (end - start) };
    return figures;
  };
}
