import { ConfigError } from '../../config/load.ts';
import { WorldIsOlder } from '../../world/database.ts';
import { explain } from '../explain.ts';

/** The operator asked for something that cannot be done; the message says what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Says a line to the operator. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Runs the command that the operator named, and ends the process with its exit code: 2 when it was asked wrongly.
 *
 * @param commands by name; each is given the words after it and returns the exit code
 */
export function run(
  usage: string,
  commands: Readonly<Record<string, (parameters: string[]) => number>>,
): void {
  const [name = '', ...parameters] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = command(parameters);
  } catch (error) {
    const sentence = isForOperators(error) ? error.message : explain(error);
    if (sentence === undefined) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 2;
  }
}

function isForOperators(error: unknown): error is Error {
  if (error instanceof UsageError || error instanceof ConfigError || error instanceof WorldIsOlder)
    return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
