import { ConfigError } from '../../config/load.ts';
import { ImportRefused } from '../../game/archive/refused.ts';
import { WorldIsOlder } from '../../world/database.ts';
import { WorldIsLocked } from '../../world/lock.ts';
import { explain } from '../explain.ts';

/** The operator asked for something that cannot be done; the message says what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Says a line to the operator. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Is given the words after its name, and returns the exit code. */
type CliCommand = (parameters: string[]) => number | Promise<number>;

/**
 * Runs the command that the operator named, and ends the process with its exit code: 2 when it was asked wrongly.
 *
 * @param commands by name
 * @param byDefault what is run where none is named
 */
export async function run(
  usage: string,
  commands: Readonly<Record<string, CliCommand>>,
  byDefault?: CliCommand,
): Promise<void> {
  const words = process.argv.slice(2);
  const [name = '', ...parameters] = words;
  const isNamed = name !== '' && !name.startsWith('-');
  const command = isNamed ? (Object.hasOwn(commands, name) ? commands[name] : undefined) : byDefault;
  if (!command) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = await command(isNamed ? parameters : words);
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
  if (error instanceof WorldIsLocked || error instanceof ImportRefused) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
