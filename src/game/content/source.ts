import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';

/** Something in the content that has to be changed. */
export interface Mistake {
  /** Where it stands: the file's name without its ending, then the keys down to it. */
  readonly path: readonly PropertyKey[];
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/** The content's files as they are written, and where in them everything stands. */
export interface ContentSource {
  /** What each file says, by its name without its ending. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The file and the line, for a message: the place itself, or the nearest one around it that is there. */
  where(path: Mistake['path']): string;
}

/**
 * Reads files of YAML.
 *
 * @param names without their ending
 * @throws Error, one line for each file that is missing or isn't YAML
 */
export function readSource(directory: string, names: readonly string[]): ContentSource {
  const files = new Map(names.map((name) => [name, readFile(directory, name)]));
  const broken = [...files.values()].flatMap(({ mistakes }) => mistakes);
  if (broken.length > 0) throw new Error(broken.join('\n'));
  return {
    values: Object.fromEntries([...files].map(([name, { document }]) => [name, document?.toJS() as unknown])),
    where: ([name, ...keys]) => {
      const file = files.get(String(name));
      const line = file?.document ? lineOf(file.document, file.lines, keys) : undefined;
      return `${join(directory, `${String(name)}.yaml`)}${line === undefined ? '' : `:${line}`}`;
    },
  };
}

interface SourceFile {
  readonly document?: Document;
  readonly lines: LineCounter;
  readonly mistakes: readonly string[];
}

function readFile(directory: string, name: string): SourceFile {
  const file = join(directory, `${name}.yaml`);
  const lines = new LineCounter();
  try {
    const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
    const mistakes = document.errors.map(
      ({ message, pos }) => `${file}:${lines.linePos(pos[0]).line}: ${firstLine(message)}`,
    );
    return { document, lines, mistakes };
  } catch (error) {
    return { lines, mistakes: [`${file} cannot be read: ${(error as Error).message}`] };
  }
}

/** What follows is a drawing of the place, which the line says already. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:$/, '') ?? '';
}

function lineOf(document: Document, lines: LineCounter, keys: readonly PropertyKey[]): number | undefined {
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
