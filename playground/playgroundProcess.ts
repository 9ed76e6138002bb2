import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

/** The playground as a process of its own, on a free port and in a folder of its own: for tests, benchmarks and pictures. */
export class PlaygroundProcess {
  readonly process: ChildProcess;
  readonly directory: string;
  readonly #waiting = new Set<() => void>();
  #output = '';

  /** @param environment what it is run with besides */
  constructor(environment: Readonly<Record<string, string>> = {}) {
    this.directory = mkdtempSync(join(tmpdir(), 'forgeling-playground-'));
    this.process = spawn(process.execPath, ['bin/run.js', 'playground/main.ts'], {
      cwd: ROOT,
      env: { ...process.env, PORT: '0', DATA_DIR: this.directory, HTTP_PORT: undefined, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.process.stdout?.on('data', (text) => {
      this.#output += String(text);
      for (const look of this.#waiting) look();
    });
  }

  /** Starts it, and waits until it can be used. */
  static async open(environment: Readonly<Record<string, string>> = {}) {
    const playground = new PlaygroundProcess(environment);
    const [url] = await playground.says(/http:\/\/127\.0\.0\.1:\d+/);
    return { playground, url };
  }

  /** Waits until it has written something. @throws Error when it ends before */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(this.#output);
        if (!match) return;
        this.#waiting.delete(look);
        resolve(match);
      };
      this.process.once('exit', () => reject(new Error(`The playground ended:\n${this.#output}`)));
      this.#waiting.add(look);
      look();
    });
  }

  /** Stops it, and removes its folder. @returns its exit code */
  async stop(): Promise<number | null> {
    if (this.process.exitCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
    return this.process.exitCode;
  }
}
