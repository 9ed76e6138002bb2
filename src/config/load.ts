import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Config, configSchema, ENVIRONMENT } from './schema.ts';

/** The folder of this checkout: relative paths in the configuration start here, wherever the bot is started from. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The configuration cannot be used; the message says where and why, one problem on each line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration: defaults, over them the file, over them the environment.
 *
 * @param file the YAML file; it may be missing
 * @param environment the variables of the process
 * @throws ConfigError when any of it cannot be used; nothing is half applied
 */
export function loadConfig(
  file: string = join(PROJECT_ROOT, 'forgeling.yaml'),
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  const source = readSource(file);
  const values = { ...source.values };
  const fromEnvironment = new Map<string, string>();
  for (const [variable, path] of Object.entries(ENVIRONMENT)) {
    const value = environment[variable];
    if (value === undefined || value === '') continue;
    setAt(values, path, value);
    fromEnvironment.set(path.join('.'), variable);
  }
  const result = configSchema.safeParse(values);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const path = issue.path.join('.');
      const variable = fromEnvironment.get(path);
      return `${variable ?? source.where(issue.path)}: ${issue.message}`;
    });
    throw new ConfigError(problems.join('\n'));
  }
  const { dataDir } = result.data;
  return { ...result.data, dataDir: isAbsolute(dataDir) ? dataDir : resolve(PROJECT_ROOT, dataDir) };
}

interface Source {
  readonly values: Record<string, unknown>;
  /** Where in the file something stands, for a message. */
  where(path: z.core.$ZodIssue['path']): string;
}

function readSource(file: string): Source {
  const text = readIfThere(file);
  if (text === undefined) return { values: {}, where: (path) => path.join('.') };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [mistake] = document.errors;
  if (mistake) throw new ConfigError(`${file}: ${mistake.message}`);
  const values: unknown = toValues(file, document) ?? {};
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new ConfigError(`${file}: a configuration is a list of names and values.`);
  }
  return {
    values: values as Record<string, unknown>,
    where: (path) => {
      const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
      const line = node?.range ? `:${lines.linePos(node.range[0]).line}` : '';
      return `${file}${line}: ${path.join('.')}`;
    },
  };
}

function toValues(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`);
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new ConfigError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function setAt(values: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    values[name] = value;
    return;
  }
  const inner = values[name];
  const copy = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  values[name] = copy;
  setAt(copy as Record<string, unknown>, rest, value);
}
