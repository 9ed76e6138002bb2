import type { AddJobsJobSpec, WorkerUtils } from 'graphile-worker';
import type { Logger } from '../ops/logger.ts';
import type { OutboxRow } from '../world/outbox.ts';
import type { World } from '../world/world.ts';

const BATCH = 500;

/** Hands the world's requests over to the queue. */
export class Relay {
  readonly #world: World;
  readonly #utils: WorkerUtils;
  readonly #logger: Logger;
  /** Requests that the queue refused for what they are: they must not hold up the others. */
  readonly #refused = new Set<number>();

  constructor(world: World, utils: WorkerUtils, logger: Logger) {
    this.#world = world;
    this.#utils = utils;
    this.#logger = logger;
  }

  /**
   * Hands over everything that the queue hasn't taken yet.
   *
   * @returns how many it was
   * @throws when the queue cannot be reached; what was not handed over stays for the next time
   */
  async handOver(): Promise<number> {
    let handed = 0;
    for (;;) {
      const rows = this.#world.outbox
        .toHandOver(BATCH + this.#refused.size)
        .filter(({ revision }) => !this.#refused.has(revision));
      if (rows.length === 0) return handed;
      await this.#add(rows);
      handed += rows.length;
    }
  }

  async #add(rows: readonly OutboxRow[]): Promise<void> {
    try {
      await this.#utils.addJobs(rows.map((row) => this.#toJob(row)));
      this.#world.outbox.markHanded(
        rows.map(({ revision }) => revision),
        this.#world.clock.now(),
      );
    } catch (error) {
      if (!isAboutTheData(error)) throw error;
      const [row] = rows;
      if (row && rows.length === 1) {
        this.#refused.add(row.revision);
        this.#logger.error({ err: error, job: row.key }, 'The queue refuses this job.');
        return;
      }
      const middle = rows.length >> 1;
      await this.#add(rows.slice(0, middle));
      await this.#add(rows.slice(middle));
    }
  }

  #toJob({ key, task, payload, runAt }: OutboxRow): AddJobsJobSpec {
    return {
      identifier: task,
      payload,
      jobKey: key,
      runAt: new Date(this.#world.clock.toMachineTime(runAt)),
    };
  }
}

/**
 * What is wrong with a row itself: PostgreSQL's error classes for data exceptions, broken constraints and exceeded
 * limits, and a time that no Date can hold.
 */
function isAboutTheData(error: unknown): boolean {
  if (error instanceof RangeError) return true;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(22|23|54)...$|^GW/.test(code);
}
