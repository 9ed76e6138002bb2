import { join } from 'node:path';
import { readYaml, type YamlFile } from '../../config/yaml-file.ts';

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
  const files = new Map(names.map((name) => [name, readIfPossible(join(directory, `${name}.yaml`))]));
  const broken = [...files.values()].flatMap(({ mistakes }) => mistakes);
  if (broken.length > 0) throw new Error(broken.join('\n'));
  return {
    values: Object.fromEntries([...files].map(([name, { values }]) => [name, values])),
    where: ([name, ...keys]) =>
      files.get(String(name))?.where(keys) ?? join(directory, `${String(name)}.yaml`),
  };
}

function readIfPossible(file: string): YamlFile {
  try {
    return readYaml(file);
  } catch (error) {
    const mistakes = [`${file} cannot be read: ${(error as Error).message}`];
    return { file, values: undefined, mistakes, where: () => file };
  }
}
