import { spawn } from 'node:child_process';

export interface RunOptions {
  /** Run as this user and group, without further groups; only root may. */
  readonly uid?: number;
  readonly gid?: number;
  /** Milliseconds after which the program is killed. */
  readonly timeout: number;
}

export interface Finished {
  readonly succeeded: boolean;
  /** The end of what it wrote, or why it could not be run. */
  readonly output: string;
}

/** Nothing of the bot's own environment: no token, no PG* variables, no locale that changes messages we read. */
const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin',
  LC_ALL: 'C',
  LANG: 'C',
  TZ: 'UTC',
};

const outputLimit = 8_192;

/**
 * Runs a short program to its end. Never rejects.
 *
 * It gets a session of its own, so that Ctrl-C in the bot's terminal does not cut an initdb short, and `/` as its
 * working directory, because another user may not be able to enter the bot's.
 */
export function runProgram(
  program: string,
  parameters: readonly string[],
  options: RunOptions,
): Promise<Finished> {
  const { timeout, ...identity } = options;

  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, parameters, {
      ...identity,
      cwd: '/',
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => {
      output += `\nkilled after ${timeout} ms`;
      child.kill('SIGKILL');
    }, timeout);
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-outputLimit);
    };
    const finish = (succeeded: boolean) => {
      clearTimeout(timer);
      resolve({ succeeded, output: output.trim() });
    };

    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => {
      output += `\n${error.message}`;
      finish(false);
    });
    // 'close', not 'exit': by then all of the output has arrived. A started server does not hold it open, since
    // pg_ctl gives it the log file for its output.
    child.on('close', (code) => finish(code === 0));
  });
}
