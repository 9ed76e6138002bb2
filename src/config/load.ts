import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Fuse from 'fuse.js';
import type { z } from 'zod';
import { type Config, configSchema, SETTINGS } from './schema.ts';
import { isMapping, valueAt, withValueAt } from './settings.ts';
import { parseYaml, type YamlFile } from './yaml-file.ts';

/** The folder of this checkout: relative paths in the configuration start here, wherever the bot is started from. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Which file is read, unless {@link FILE_VARIABLE} names another one. */
export const USUAL_FILE = join(PROJECT_ROOT, 'forgeling.yaml');

/** The environment variable that names the file of the configuration. */
export const FILE_VARIABLE = 'FORGELING_CONFIG';

/** The configuration cannot be used; the message says where and why, one problem on each line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Where the value of a setting comes from. */
export type Origin =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly where: string }
  | { readonly kind: 'environment'; readonly variable: string };

/** A configuration, and where each of its values comes from. */
export interface LoadedConfig {
  readonly config: Config;
  /** By the setting's name, such as `game.speed`. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** Which file the configuration is read from. */
export interface ConfigFile {
  readonly path: string;
  /** Somebody named it, so it must be there. */
  readonly isNamed: boolean;
}

/** The file that an environment names, or the usual one. */
export function configFile(environment: NodeJS.ProcessEnv = process.env): ConfigFile {
  const named = environment[FILE_VARIABLE];
  return named ? { path: resolve(PROJECT_ROOT, named), isNamed: true } : { path: USUAL_FILE, isNamed: false };
}

/**
 * Reads the configuration: defaults, over them the file, over them the environment.
 *
 * @throws ConfigError when any of it cannot be used, with all that is wrong; nothing is half applied
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const file = configFile(environment);
  return parseConfig(environment, file, readText(file)).config;
}

/**
 * What stands in the file; undefined where there is none and none must be.
 *
 * @throws ConfigError when it cannot be read
 */
export function readText({ path, isNamed }: ConfigFile): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new ConfigError(`${path}: cannot be read: ${(error as Error).message}`);
    if (isNamed) throw new ConfigError(`${path}: the file isn’t there.`);
    return undefined;
  }
}

/**
 * Makes a configuration of what stands in a file and in the environment, and says where each value comes from.
 *
 * @param text undefined where there is no file
 * @throws ConfigError as {@link loadConfig}
 */
export function parseConfig(
  environment: NodeJS.ProcessEnv,
  { path: file }: ConfigFile,
  text: string | undefined,
): LoadedConfig {
  const source = parseSource(file, text ?? '');
  const given = SETTINGS.filter(({ variable }) => environment[variable]);
  const values = given.reduce<unknown>(
    (all, { path, variable }) => withValueAt(all, path, environment[variable]),
    source.values,
  );
  const result = configSchema.safeParse(values);
  if (!result.success) {
    const problems = result.error.issues.flatMap((issue) => problemsOf(issue, given, source));
    throw new ConfigError(problems.join('\n'));
  }
  const origins = SETTINGS.map(({ name, path, variable }): [string, Origin] => {
    if (environment[variable]) return [name, { kind: 'environment', variable }];
    if (valueAt(source.values, path) !== undefined)
      return [name, { kind: 'file', where: source.where(path) }];
    return [name, { kind: 'default' }];
  });
  return { config: withWholePaths(result.data), origins: new Map(origins) };
}

/** @throws ConfigError when it isn't YAML, or is no list of names and values */
function parseSource(file: string, text: string): YamlFile {
  const source = parseYaml(file, text);
  // What stands in the file may be a secret, and a parser's complaint quotes it.
  if (source.mistakes.length > 0) throw new ConfigError(source.mistakes.map(withoutQuotes).join('\n'));
  const values = withoutNothing(source.values ?? {});
  if (!isMapping(values)) throw new ConfigError(`${file}:1: a configuration is a list of names and values.`);
  return { ...source, values };
}

/** A name with nothing behind it counts as not set: such as a section in which every line is commented out. */
function withoutNothing(values: unknown): unknown {
  if (!isMapping(values)) return values;
  const set = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(set.map(([key, value]) => [key, withoutNothing(value)]));
}

function problemsOf(issue: z.core.$ZodIssue, fromEnvironment: typeof SETTINGS, source: YamlFile): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return `${source.where(path)}: ${path.join('.')}: there is no such setting${suggestion(path.join('.'))}`;
    });
  }
  const name = issue.path.join('.');
  const variable = fromEnvironment.find((setting) => setting.name === name)?.variable;
  if (variable) return [`${variable}: ${issue.message}`];
  return [`${source.where(issue.path)}: ${name}: ${issue.message}`];
}

/** The end of the sentence that says that there is no such setting. */
function suggestion(name: string): string {
  const [closest] = new Fuse(SETTINGS, { keys: ['name'], threshold: 0.4 }).search(name, { limit: 1 });
  return closest ? `; did you mean ${closest.item.name}?` : '.';
}

function withoutQuotes(mistake: string): string {
  return mistake.replaceAll(/"(?:[^"\\]|\\.)*"?/g, '…');
}

function withWholePaths(config: Config): Config {
  const whole = (path: string) => (isAbsolute(path) ? path : resolve(PROJECT_ROOT, path));
  const { dataDir, development } = config;
  return {
    ...config,
    dataDir: whole(dataDir),
    development: { ...development, content: whole(development.content) },
  };
}
