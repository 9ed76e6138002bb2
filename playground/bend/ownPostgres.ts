import { EventEmitter } from 'node:events';
import { clusterOf } from '../../src/queue/postgres/cluster.ts';
import { embeddedPostgres } from '../../src/queue/postgres/embeddedPostgres.ts';
import { holderOf, readLockFile } from '../../src/queue/postgres/postmaster.ts';
import { findSite } from '../../src/queue/postgres/site.ts';
import type { BendingView } from '../page/protocol.ts';

/** How often it is looked whether it runs, in milliseconds. */
const LOOK_EVERY_MS = 250;

const SILENT = { debug: () => {}, info: () => {}, warn: () => {} };

/** The PostgreSQL that the playground's bot has started, or `given` one, which is looked after by somebody else. */
export class OwnPostgres extends EventEmitter<{ changed: [] }> {
  readonly #directory: string | undefined;
  #data: string | undefined;
  #state: BendingView['postgres'];
  #timer: NodeJS.Timeout | undefined;

  /** @param directory where it is; undefined when one is given */
  constructor(directory: string | undefined) {
    super();
    this.#directory = directory;
    this.#state = directory === undefined ? 'given' : 'stopped';
  }

  get state(): BendingView['postgres'] {
    return this.#state;
  }

  /** Looks now and then whether it runs. Called when the bot has started it once, so that there is something to see. */
  watch(): void {
    if (this.#directory === undefined || this.#timer) return;
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
    void this.#look();
  }

  /** Stops it in order: it is this world's own and no other, by what its lock file says. */
  async stop(): Promise<void> {
    if (this.#directory === undefined) return;
    await embeddedPostgres({ directory: this.#directory, logger: SILENT }).stop();
    // Not looked at: the bot may have started it again by now.
    this.#become('stopped');
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    this.#become((await this.#runs()) ? 'running' : 'stopped');
  }

  #become(state: 'running' | 'stopped'): void {
    if (state === this.#state) return;
    this.#state = state;
    this.emit('changed');
  }

  /** What cannot be looked at does not run: the bot says why. */
  async #runs(): Promise<boolean> {
    try {
      this.#data ??= await this.#dataDirectory();
      const lock = await readLockFile(this.#data);
      if (lock?.port === undefined) return false;
      const holder = await holderOf(lock.pid, this.#data);
      return holder === 'server' || holder === 'unknown';
    } catch {
      return false;
    }
  }

  async #dataDirectory(): Promise<string> {
    return clusterOf(await findSite({ directory: this.#directory ?? '' })).data;
  }
}
