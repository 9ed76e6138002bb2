import type { JobQueue } from '../../queue/job-queue.ts';
import { POOLS } from '../../queue/runnable-job.ts';
import type { World } from '../../world/world.ts';
import { bounded, MOST_ROWS, type StateNote } from './notes.ts';

/**
 * What the bot waits for at this moment.
 *
 * @param failed how many jobs have failed and are tried again
 */
export function readState(world: World, queue: JobQueue, failed: number): StateNote {
  const { connected, problem, pools } = queue.status();
  const running = POOLS.reduce((sum, pool) => sum + pools[pool].running, 0);
  const now = world.clock.now();
  const due = world.outbox.countDue(now);
  const deliveries = [
    ...world.deliveries.list('pending', MOST_ROWS),
    ...world.deliveries.list('dead', MOST_ROWS),
  ];
  return {
    kind: 'state',
    queue: {
      connected,
      problem: problem ?? null,
      running,
      ready: Math.max(0, due - running),
      waiting: world.outbox.count().waiting - due,
      failed,
    },
    outbox: world.outbox.upcoming(MOST_ROWS).map(({ task, key, payload, runAt, handedAt }) => ({
      task,
      id: key.slice(task.length + 1),
      dueAt: world.clock.toMachineTime(runAt),
      payload: bounded(payload),
      handed: handedAt !== null,
    })),
    deliveries: deliveries.map(({ eventName, listener, state, attempts, nextAt, lastError }) => ({
      event: eventName,
      listener,
      state,
      attempts,
      nextAt: state === 'pending' ? world.clock.toMachineTime(nextAt) : null,
      error: lastError.split('\n')[0] ?? null,
    })),
  };
}
