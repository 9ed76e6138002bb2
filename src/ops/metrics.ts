import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { JobQueue } from '../queue/job-queue.ts';
import { POOLS } from '../queue/runnable-job.ts';
import type { World } from '../world/world.ts';

/** The bot's figures in the format of Prometheus, read when they are asked for. */
export function createMetrics(world: World, queue: JobQueue): Registry {
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
  return registry;
}
