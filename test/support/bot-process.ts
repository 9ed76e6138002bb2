import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { SETTINGS } from '../../src/config/schema.ts';
import type { Note } from '../../src/ops/inspection/notes.ts';

/**
 * What a developer has in a file `.env` of their own is not for tests: a variable that is there goes first, and an empty
 * one counts as not set.
 */
const NOTHING_SET = Object.fromEntries(SETTINGS.map(({ variable }) => [variable, '']));

/** One line of the bot's log. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [name: string]: unknown;
}

/** The bot as a process of its own, started as `npm start` starts it. */
export class BotProcess {
  readonly log: LogLine[] = [];
  /** What it told its parent; only a bot with an opinion on DEVELOPMENT_INSPECT has a channel to it. */
  readonly notes: Note[] = [];
  /** What it wrote to standard error. */
  errors = '';
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | NodeJS.Signals>;
  readonly #watchers = new Set<() => void>();

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
    void this.#exit.then(() => this.#look());
    if (!child.stdout || !child.stderr) throw new Error('The bot has no output.');
    child.on('message', (note) => {
      this.notes.push(note as Note);
      this.#look();
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.log.push(parseLine(line));
      this.#look();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
  }

  /**
   * Starts it.
   *
   * @param environment what is set besides a minimum; pieces of a test go into DEVELOPMENT_PIECES
   */
  static start(environment: Readonly<Record<string, string>>): BotProcess {
    const scripts = (
      JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
    ).scripts;
    const [, ...parameters] = scripts.start.split(' ');
    const child = spawn(process.execPath, parameters, {
      cwd: PROJECT_ROOT,
      env: {
        ...NOTHING_SET,
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        LOG_LEVEL: 'debug',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', ...('DEVELOPMENT_INSPECT' in environment ? (['ipc'] as const) : [])],
    });
    return new BotProcess(child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The exit code, or the signal that ended it. */
  get exited(): Promise<number | NodeJS.Signals> {
    return this.#exit;
  }

  /** Kills it, as a crash would, and waits until it is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /** Stops it in order. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.#child.kill('SIGTERM');
    return this.#exit;
  }

  /** Asks it something over the channel to its parent. */
  send(message: object): void {
    this.#child.send(message);
  }

  /** Waits for a line of the log, also among those that are there. Rejects when the bot ends without it. */
  async logged(matches: (line: LogLine) => boolean): Promise<LogLine> {
    return this.#until(() => this.log.find(matches));
  }

  /** Waits for a note, also among those that are there. */
  async noted<Kind extends Note['kind']>(
    kind: Kind,
    matches: (note: Extract<Note, { kind: Kind }>) => boolean = () => true,
  ): Promise<Extract<Note, { kind: Kind }>> {
    const isIt = (note: Note): note is Extract<Note, { kind: Kind }> =>
      note.kind === kind && matches(note as Extract<Note, { kind: Kind }>);
    return this.#until(() => this.notes.find(isIt));
  }

  async #until<Found>(find: () => Found | undefined): Promise<Found> {
    for (;;) {
      const found = find();
      if (found) return found;
      if (!this.running)
        throw new Error(`The bot ended without saying that.\n${this.errors}\n${this.lastLines()}`);
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#watchers.add(resolve);
      await promise;
      this.#watchers.delete(resolve);
    }
  }

  /** The end of its log, for a test that failed. */
  lastLines(count = 20): string {
    return this.log
      .slice(-count)
      .map((line) => JSON.stringify(line))
      .join('\n');
  }

  #look(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

/** The folder of test pieces with this name, as DEVELOPMENT_PIECES takes it. */
export function testPieces(...names: readonly string[]): string {
  return names.map((name) => join(PROJECT_ROOT, 'test/pieces', name)).join(delimiter);
}

function parseLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { level: 'text', msg: line };
  }
}

/** Runs one of the operator's commands, as `npm run NAME -- …` runs it. */
export async function runCommand(
  name: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string; readonly errors: string }> {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [, ...script] = scripts[name]?.split(' ') ?? [];
  const child = spawn(process.execPath, [...script, ...parameters], {
    cwd: PROJECT_ROOT,
    env: { ...NOTHING_SET, PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, output, errors };
}
