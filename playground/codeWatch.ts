import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FileWatch, type FileWatchOptions } from '../src/ops/file-watch.ts';

/**
 * What the bot is made of. Its content is not among it: that it reads again by itself. Texts it reads only with the content,
 * and those of commands Discord gets only at its start.
 */
const CODE = ['src', 'bin', 'data/locales', 'package.json'];

/** Editors leave other files for a moment. */
const IS_CODE = /\.(?:ts|js|mjs|json|sql)$/;

/** Tells when the bot's code has become another one: not when a file was written again as it was. */
export class CodeWatch {
  readonly #root: string;
  readonly #watch: FileWatch;
  #code: ReadonlyMap<string, string>;

  /**
   * Begins to watch.
   *
   * @param onChange gets the files that have changed, such as `src/main.ts`; what changes while it acts comes after
   * @param onTrouble gets what `onChange` threw, and why it could not be watched
   */
  constructor(
    root: string,
    onChange: (files: readonly string[]) => Promise<void>,
    onTrouble: (error: unknown) => void,
    options: FileWatchOptions = {},
  ) {
    this.#root = root;
    this.#code = this.#read();
    const look = async () => {
      const changed = this.#look();
      if (changed.length > 0) await onChange(changed);
    };
    const paths = CODE.map((name) => join(root, name));
    this.#watch = new FileWatch(paths, look, onTrouble, options);
  }

  /** Stops watching, after what is under way. */
  close(): Promise<void> {
    return this.#watch.close();
  }

  #look(): string[] {
    const before = this.#code;
    this.#code = this.#read();
    const names = new Set([...before.keys(), ...this.#code.keys()]);
    return [...names].filter((name) => before.get(name) !== this.#code.get(name));
  }

  #read(): Map<string, string> {
    const files = CODE.flatMap((name) => filesAt(join(this.#root, name)));
    return new Map(
      files.flatMap((file) => {
        const print = fingerprint(file);
        return print === undefined ? [] : [[relative(this.#root, file), print] as const];
      }),
    );
  }
}

/** What to say of changed files: one by its name, of several how many more. */
export function changeInWords([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return `${first} has changed`;
  return `${first} and ${others.length} more ${others.length === 1 ? 'file' : 'files'} have changed`;
}

function filesAt(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && IS_CODE.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Undefined for a file that has gone meanwhile. */
function fingerprint(file: string): string | undefined {
  try {
    return createHash('sha1').update(readFileSync(file)).digest('hex');
  } catch {
    return undefined;
  }
}
