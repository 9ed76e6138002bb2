import { readFileSync } from 'node:fs';
import { type Document, LineCounter, parseDocument } from 'yaml';

/** A file of YAML that was read, and where in it everything stands. */
export interface YamlFile {
  readonly file: string;
  /** What it says; undefined for an empty one, and for one with mistakes. */
  readonly values: unknown;
  /** What keeps it from being YAML, each with file and line. */
  readonly mistakes: readonly string[];
  /** The file and the line of something in it: of the place itself, or of the nearest one around it that is there. */
  where(path: readonly PropertyKey[]): string;
}

/**
 * Reads a file of YAML.
 *
 * @throws the system's error when it cannot be read
 */
export function readYaml(file: string): YamlFile {
  return parseYaml(file, readFileSync(file, 'utf8'));
}

/** Reads what stands in a file of YAML. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`;
  const { values, mistakes } = valuesOf(document, file, at);
  return {
    file,
    values,
    mistakes,
    where: (path) => {
      const offset = offsetOf(document, path);
      return offset === undefined ? file : at(offset);
    },
  };
}

function valuesOf(
  document: Document,
  file: string,
  at: (offset: number) => string,
): Pick<YamlFile, 'values' | 'mistakes'> {
  const mistakes = document.errors.map(({ message, pos }) => `${at(pos[0])}: ${firstLine(message)}`);
  if (mistakes.length > 0) return { values: undefined, mistakes };
  try {
    return { values: document.toJS() ?? undefined, mistakes };
  } catch (error) {
    // Aliases of aliases that would fill the memory, or of what isn't there.
    return { values: undefined, mistakes: [`${file}: ${firstLine((error as Error).message)}`] };
  }
}

/** What follows is a drawing of the place, which the line says already. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:$/, '') ?? '';
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return node.range[0];
  }
  return undefined;
}
