import { AsyncLocalStorage } from 'node:async_hooks';
import type { Config } from '../config/schema.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { JobObserver } from '../queue/job-runner.ts';
import type { Clock } from '../world/clock.ts';
import { describe } from '../world/errors.ts';
import type { TransactionWatch, WorldObserver } from '../world/watch.ts';
import type { World } from '../world/world.ts';
import { askSchema, carryOut, type Deeds } from './inspection/deeds.ts';
import { NoteStream, type ParentChannel } from './inspection/note-stream.ts';
import { type Note, rounded } from './inspection/notes.ts';
import { readState } from './inspection/state.ts';
import { TransactionRecorder } from './inspection/transaction-recorder.ts';
import type { Logger } from './logger.ts';

/** The state is told no more often than this, and only when it has changed. */
const STATE_EVERY = 1_000;

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

export interface InspectorOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The way to the process that started this one. */
  readonly parent: ParentChannel;
}

/** What the inspector looks into once it is there. */
export interface Inspected {
  readonly world: World;
  readonly queue: JobQueue;
  readonly deeds: Deeds;
}

/**
 * Tells the process that started the bot what happens inside, and does what that asks for; in development only, and
 * over the channel that the two were born with, which nobody else can reach
 * (docs/decisions/0020-seeing-inside.md).
 */
export class Inspector implements WorldObserver, JobObserver {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #parent: ParentChannel;
  readonly #notes: NoteStream;
  /** `discord.apiUrl`: what paths of requests begin with. */
  readonly #apiUrl: string;
  /** The key of the job in which something happens. */
  readonly #within = new AsyncLocalStorage<string>();
  /** The keys of jobs whose last run failed. */
  readonly #failed = new Set<string>();
  /** The numbers of the runs that are under way. */
  readonly #running = new Set<number>();
  #transactions = 0;
  #runs = 0;

  private constructor({ config, clock, logger, parent }: InspectorOptions) {
    this.#clock = clock;
    this.#logger = logger;
    this.#parent = parent;
    this.#notes = new NoteStream(parent, () => [...this.#running]);
    this.#apiUrl = config.discord.apiUrl;
  }

  /** @returns nothing unless it is wanted, there is somebody to tell, and Discord is on this machine */
  static open(options: InspectorOptions): Inspector | undefined {
    const { config, logger, parent } = options;
    if (!config.development.inspect) return undefined;
    const obstacle = obstacleTo(config, parent);
    if (obstacle) {
      logger.warn(`development.inspect is on and does nothing: ${obstacle}`);
      return undefined;
    }
    const inspector = new Inspector(options);
    inspector.#tell({ kind: 'start', pid: process.pid, at: inspector.#now() });
    return inspector;
  }

  /** Sees a transaction. */
  begin(cause: { readonly cause: string; readonly interactionId?: string }): TransactionWatch {
    const id = `${process.pid}-${++this.#transactions}`;
    const origin = { id, within: this.#within.getStore(), ...cause };
    return new TransactionRecorder(origin, this.#clock, (note) => this.#tell(note));
  }

  /** Sees a run of a job. */
  async watch(job: { readonly key: string; readonly task: string }, run: () => Promise<void>): Promise<void> {
    const { key, task } = job;
    const number = ++this.#runs;
    const note = { kind: 'run', run: number, key, task } as const;
    const began = performance.now();
    const took = () => rounded(performance.now() - began);
    this.#running.add(number);
    this.#tell({ ...note, state: 'started', at: this.#now() });
    try {
      await this.#within.run(key, run);
      this.#failed.delete(key);
      this.#tell({ ...note, state: 'ended', at: this.#now(), took: took() });
    } catch (error) {
      this.#failed.add(key);
      this.#tell({ ...note, state: 'failed', at: this.#now(), took: took(), error: describe(error) });
      throw error;
    } finally {
      this.#running.delete(number);
    }
  }

  /** Sees a request to Discord. */
  async watchRequest<Answer extends { readonly status: number }>(
    request: { readonly method: string; readonly url: string },
    send: () => Promise<Answer>,
  ): Promise<Answer> {
    const within = this.#within.getStore();
    const note = {
      kind: 'request',
      method: request.method,
      path: withoutTokens(pathBelow(this.#apiUrl, request.url)),
      at: this.#now(),
      ...(within === undefined ? {} : { within }),
    } as const;
    const began = performance.now();
    const took = () => rounded(performance.now() - began);
    try {
      const answer = await send();
      this.#tell({ ...note, status: answer.status, took: took() });
      return answer;
    } catch (error) {
      this.#tell({ ...note, status: null, took: took(), error: describe(error) });
      throw error;
    }
  }

  /** Tells the state from now on, and obeys. @returns how to stop that */
  begins({ world, queue, deeds }: Inspected): () => void {
    let told = '';
    const look = () => {
      this.#forgetOver(world);
      const state = readState(world, queue, this.#failed.size);
      const text = JSON.stringify(state);
      // What was left out is told the next time.
      if (text !== told && this.#tell(state)) told = text;
    };
    const timer = setInterval(look, STATE_EVERY);
    const obey = (message: unknown) => this.#obey(deeds, message);
    this.#parent.on('message', obey);
    look();
    return () => {
      clearInterval(timer);
      this.#parent.off('message', obey);
    };
  }

  /** What nobody waits for any more is not tried again: it was given up, or somebody did it another way. */
  #forgetOver({ outbox }: World): void {
    for (const key of this.#failed) if (!outbox.find(key)) this.#failed.delete(key);
  }

  #obey(deeds: Deeds, message: unknown): void {
    const asked = askSchema.safeParse(message);
    if (!asked.success) {
      this.#logger.warn('The process that started the bot has asked for something that makes no sense.');
      return;
    }
    const { ask, command } = asked.data;
    try {
      this.#tell({ kind: 'answer', ask, result: carryOut(deeds, command) });
    } catch (error) {
      this.#tell({ kind: 'answer', ask, error: describe(error) });
    }
  }

  #tell(note: Note): boolean {
    return this.#notes.send(note);
  }

  #now(): number {
    return this.#clock.toMachineTime(this.#clock.now());
  }
}

function obstacleTo({ discord }: Config, parent: ParentChannel): string | undefined {
  if (!LOOPBACK.includes(new URL(discord.apiUrl).hostname)) return 'Discord is not on this machine.';
  if (!parent.connected || !parent.send) return 'nobody who started the bot is there to be told.';
  return undefined;
}

/** `http://127.0.0.1:4321/api/v10/gateway/bot?x=1` is `/gateway/bot`. */
function pathBelow(apiUrl: string, url: string): string {
  const path = url.startsWith(apiUrl) ? url.slice(apiUrl.length) : new URL(url).pathname;
  return path.replace(/^\/v\d+/, '').replace(/\?.*$/, '');
}

/** With the token of an interaction anybody could answer for the bot: it is hidden, whatever stands before it. */
function withoutTokens(path: string): string {
  return path.replace(/(\/(?:interactions|webhooks)\/\d+\/)[^/]+/, '$1…');
}
