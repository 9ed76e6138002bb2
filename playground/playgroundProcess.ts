import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startArguments } from './startScript.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** What a playground is opened with. */
export interface OpenOptions {
  /** The project's folder; this one, if it isn't said. */
  readonly root?: string;
  /** Which of its scripts is run. */
  readonly script?: 'playground' | 'dev';
}

/** `npm run playground` as a process of its own, on a free port: for tests, benchmarks and pictures. */
export class PlaygroundProcess {
  readonly process: ChildProcess;
  readonly directory: string;
  #output = '';
  readonly #waiting = new Set<() => void>();

  private constructor(started: ChildProcess, directory: string) {
    this.process = started;
    this.directory = directory;
    started.stdout?.on('data', (text) => {
      this.#output += String(text);
      for (const look of this.#waiting) look();
    });
  }

  /** Starts it, with a new world, and waits until the page is open. */
  static async open({ root = ROOT, script = 'playground' }: OpenOptions = {}) {
    const args = await startArguments(root, script);
    const world = await mkdtemp(join(tmpdir(), 'playground-'));
    const started = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, PORT: '0', DATA_DIR: world, HTTP_PORT: undefined },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const playground = new PlaygroundProcess(started, world);
    try {
      const [url] = await playground.until(/http:\/\/127\.0\.0\.1:\d+/);
      return { playground, url };
    } catch (error) {
      await playground.remove();
      throw error;
    }
  }

  /**
   * Waits until the terminal shows this, counted from `after`.
   *
   * @throws Error when it has ended without that
   */
  until(pattern: RegExp, after = 0): Promise<RegExpExecArray> {
    return new Promise((done, fail) => {
      const settle = () => {
        this.#waiting.delete(look);
        this.process.off('exit', giveUp);
      };
      const look = () => {
        const match = pattern.exec(this.#output.slice(after));
        if (!match) return;
        settle();
        done(match);
      };
      const giveUp = () => {
        settle();
        fail(new Error(`the playground ended:\n${this.#output}`));
      };
      this.#waiting.add(look);
      this.process.once('exit', giveUp);
      look();
      if (this.#hasEnded) giveUp();
    });
  }

  /** How much the terminal has shown. */
  mark(): number {
    return this.#output.length;
  }

  /** Ends it in order. @returns the exit code; null where a signal has ended it */
  async close(): Promise<unknown> {
    if (this.#hasEnded) return this.process.exitCode;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const [code] = await gone;
    return code;
  }

  get #hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** Ends it, and removes its world. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.directory, { recursive: true, force: true });
  }
}
