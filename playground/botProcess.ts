import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { InspectorCommand } from '../src/ops/inspection/deeds.ts';
import type { Note } from '../src/ops/inspection/notes.ts';

/** How to start the bot. */
export interface BotCommand {
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds before the first start after a death; it doubles with each. */
  readonly firstPause?: number;
}

interface BotEvents {
  started: [];
  /** `again` is in how many milliseconds it is started again. */
  died: [{ readonly how: string; readonly again: number }];
  /** In order, because that was wanted. */
  stopped: [];
  line: [string];
  /** What it tells of its inside, but for the answers to what it was asked. */
  note: [Note];
}

interface Asked {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The bot was asked something and cannot answer. */
export class BotIsSilent extends Error {
  override readonly name = 'BotIsSilent';
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** Who ran this long did not die of how it was started. */
const HEALTHY_AFTER_MS = 60_000;
/** How long an ordered shutdown may take before it is ended the hard way. */
const PATIENCE_MS = 30_000;

/** The bot as a child process: passed on line by line, started again when it dies, stopped in order. */
export class BotProcess extends EventEmitter<BotEvents> {
  readonly #command: BotCommand;
  #child: ChildProcess | undefined;
  #restart: NodeJS.Timeout | undefined;
  readonly #firstPause: number;
  #pause: number;
  #asks = 0;
  readonly #asked = new Map<number, Asked>();
  /** `over` is for good. */
  #wanted: 'up' | 'down' | 'over' = 'up';
  #killed = false;
  #halts = 0;

  constructor(command: BotCommand) {
    super();
    this.#command = command;
    this.#firstPause = command.firstPause ?? FIRST_PAUSE_MS;
    this.#pause = this.#firstPause;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  /** Whether it is to run: it does, or is started again in a moment. */
  get wanted(): boolean {
    return this.#wanted === 'up';
  }

  /** The process id, while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    if (this.#wanted === 'over' || this.#child) return;
    this.#wanted = 'up';
    clearTimeout(this.#restart);
    const { args, directory, environment } = this.#command;
    const startedAt = Date.now();
    const child = spawn(process.execPath, args, {
      cwd: directory,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    child.on('message', (message) => this.#note(message as Note));
    if (child.stdout) this.#passOn(child.stdout);
    if (child.stderr) this.#passOn(child.stderr);
    child.once('error', (error) => this.emit('line', `could not be started: ${error.message}`));
    child.once('close', (code, signal) => this.#ended(code, signal, Date.now() - startedAt));
    this.emit('started');
  }

  /**
   * Asks the bot to do something. It obeys once it is up, and where DEVELOPMENT_INSPECT is set.
   *
   * @throws BotIsSilent when it isn't running, or ends before it has answered; Error when it could not do that
   */
  ask(command: InspectorCommand): Promise<unknown> {
    const child = this.#child;
    if (!child?.connected) return Promise.reject(new BotIsSilent('The bot is not running'));
    const ask = ++this.#asks;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#asked.set(ask, { resolve, reject });
    child.send({ ask, command }, (error) => {
      if (error) this.#settle(ask)?.reject(new BotIsSilent('The bot cannot be reached', { cause: error }));
    });
    return promise;
  }

  /** Asks the bot to stop, and resolves when it is gone. It is never started again. */
  async stop(): Promise<void> {
    this.#wanted = 'over';
    await this.#end();
  }

  /** Asks the bot to stop, and resolves when it is gone. It stays away until it is started. */
  async halt(): Promise<void> {
    this.#halts++;
    if (this.#wanted === 'up') this.#wanted = 'down';
    this.#pause = this.#firstPause;
    const ran = this.running;
    await this.#end();
    if (!ran) this.emit('stopped');
  }

  /** Stops the bot in order, and starts it unless somebody has halted it meanwhile. */
  async restart(): Promise<void> {
    const halted = this.halt();
    const halts = this.#halts;
    await halted;
    if (halts === this.#halts) this.start();
  }

  /**
   * Ends the bot as a power cut would. It is started again after the first pause, which a wanted end does not lengthen.
   *
   * @returns false when it does not run
   */
  kill(): boolean {
    if (!this.#child) return false;
    this.#killed = true;
    return this.#child.kill('SIGKILL');
  }

  async #end(): Promise<void> {
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child) return;
    const gone = new Promise<void>((resolve) => this.once('stopped', resolve));
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await gone;
    clearTimeout(patience);
  }

  /** Tells a bot that is still there to go, without waiting: for when this process itself is ending. */
  abandon(): void {
    this.#child?.kill('SIGTERM');
  }

  #passOn(stream: Readable): void {
    createInterface({ input: stream }).on('line', (line) => this.emit('line', line));
  }

  #note(note: Note): void {
    if (note.kind !== 'answer') {
      this.emit('note', note);
      return;
    }
    const asked = this.#settle(note.ask);
    if ('error' in note) asked?.reject(new Error(note.error));
    else asked?.resolve(note.result);
  }

  #settle(ask: number): Asked | undefined {
    const asked = this.#asked.get(ask);
    this.#asked.delete(ask);
    return asked;
  }

  #ended(code: number | null, signal: NodeJS.Signals | null, lived: number): void {
    this.#child = undefined;
    const silent = new BotIsSilent('The bot has stopped before it answered');
    for (const ask of this.#asked.keys()) this.#settle(ask)?.reject(silent);
    const killed = this.#killed;
    this.#killed = false;
    if (this.#wanted !== 'up') {
      this.emit('stopped');
      return;
    }
    if (killed || lived >= HEALTHY_AFTER_MS) this.#pause = this.#firstPause;
    const again = this.#pause;
    if (!killed) this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    this.#restart = setTimeout(() => this.start(), again);
    this.emit('died', { how: signal === null ? `exit code ${code}` : `signal ${signal}`, again });
  }
}
