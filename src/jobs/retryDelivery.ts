import { z } from 'zod';
import { DomainListener } from '../pieces/domain-listener.ts';
import { Job } from '../pieces/job.ts';
import type { JobRun } from '../queue/runnable-job.ts';
import { jobId } from '../world/outbox.ts';

interface Payload {
  eventId: string;
  listener: string;
}

declare module '../world/outbox.ts' {
  interface JobPayloads {
    retryDelivery: Payload;
  }
}

/**
 * Gives an event to the listener that failed on it before. That it fails again is recorded in SQLite, with the time
 * of the next try; it never fails this task (rule R2).
 */
export class RetryDelivery extends Job<'retryDelivery'> {
  override readonly pool = 'world';
  override readonly payload = z.object({ eventId: z.string(), listener: z.string() });

  override run(payload: Payload, { cause }: JobRun): void {
    const { world, stores, logger } = this.container;
    const { eventId, listener: name } = payload;
    const delivery = world.deliveries.find(eventId, name);
    if (delivery?.state !== 'pending') return;
    if (delivery.nextAt > world.clock.now()) {
      world.transact({ cause }, (tx) =>
        tx.request({ task: 'retryDelivery', id: jobId(eventId, name), payload, runAt: delivery.nextAt }),
      );
      return;
    }
    const event = world.eventLog.find(eventId);
    const listener = stores.get('listeners').get(name);
    if (!event || !(listener instanceof DomainListener)) {
      const reason = event ? `There is no listener "${name}" any more.` : 'The event is gone.';
      world.transact({ cause }, () => world.deliveries.markDead(eventId, name, reason));
      logger.error(`The delivery of ${delivery.eventName} ${eventId} to ${name} is dead: ${reason}`);
      return;
    }
    const succeeded = world.redeliver(event, name, (stored, tx) => listener.handleStored(stored, tx));
    if (!succeeded) logger.warn(`${name} failed again on ${delivery.eventName} ${eventId}.`);
  }
}
