import { existsSync, watch } from 'node:fs';
import { z } from 'zod';
import { Job } from '../../../../src/pieces/job.ts';

declare module '../../../../src/world/outbox.ts' {
  interface JobPayloads {
    waitAtGate: Record<string, never>;
  }
}

/** Runs until the test opens the gate, so that jobs pile up in front of it. */
export class WaitAtGate extends Job<'waitAtGate'> {
  override readonly pool = 'world';
  override readonly payload = z.object({}) as unknown as z.ZodType<Record<string, never>>;

  override async run(): Promise<void> {
    const folder = process.env['TEST_FAULTS'] ?? '';
    const isOpen = () => existsSync(`${folder}/gate-is-open`);
    if (isOpen()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    using _ = closing(watch(folder, () => isOpen() && resolve()));
    if (!isOpen()) await promise;
  }
}

function closing(watcher: { close(): void }): Disposable {
  return { [Symbol.dispose]: () => watcher.close() };
}
