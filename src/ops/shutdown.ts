import type { Logger } from './logger.ts';

/** How long an ordered stop may take before the process ends anyway; nothing that was accepted is lost by that. */
const STOP_WITHIN = 25_000;

/** Stops everything in order, once: on SIGINT, on SIGTERM, or when something makes it pointless to go on. */
export class Shutdown {
  readonly #logger: Logger;
  readonly #steps: { readonly name: string; readonly stop: () => unknown }[] = [];
  readonly #started = new AbortController();

  constructor(logger: Logger) {
    this.#logger = logger;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => void this.#run(0, `${signal}`));
    }
  }

  /** Aborted when the stop begins. */
  get signal(): AbortSignal {
    return this.#started.signal;
  }

  /** Adds something to stop. What was added last is stopped first. */
  add(name: string, stop: () => unknown): void {
    this.#steps.unshift({ name, stop });
  }

  /** Stops because there is no way on; the process ends with exit code 1. */
  fail(): void {
    void this.#run(1, 'there is no way on');
  }

  async #run(exitCode: number, reason: string): Promise<void> {
    if (this.#started.signal.aborted) return;
    this.#started.abort();
    this.#logger.info({ reason }, 'Stopping.');
    setTimeout(() => {
      this.#logger.error('The stop took too long; the rest ends with the process.');
      process.exit(exitCode || 1);
    }, STOP_WITHIN).unref();
    for (const { name, stop } of this.#steps) {
      try {
        await stop();
      } catch (error) {
        this.#logger.error({ err: error }, `Stopping ${name} failed.`);
      }
    }
    this.#logger.info('Stopped.');
    process.exit(exitCode);
  }
}
