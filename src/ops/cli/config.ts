import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { configurationPage, environmentExample } from '../../config/documents.ts';
import {
  ConfigError,
  type ConfigFile,
  configFile,
  type Origin,
  PROJECT_ROOT,
  parseConfig,
  readText,
} from '../../config/load.ts';
import { SETTINGS } from '../../config/schema.ts';
import { shownValue } from '../../config/secrets.ts';
import { valueAt } from '../../config/settings.ts';
import { run, say, UsageError } from './command.ts';

const USAGE = `npm run config -- check [FILE]
npm run config -- print
npm run config -- docs [--check]

  check   says everything that is wrong with the configuration, and exits with 1 when something is; FILE is forgeling.yaml,
          or what FORGELING_CONFIG names, if you leave it out
  print   shows what would be in force now and where each value comes from, without secrets
  docs    writes docs/configuration.md and .env.example; --check only looks whether they are up to date`;

/** What is made from the schema. */
const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'docs/configuration.md': configurationPage,
  '.env.example': environmentExample,
};

await run(USAGE, { check, print, docs });

function check([file, ...more]: string[]): number {
  if (more.length > 0) throw new UsageError('Which file is to be checked? One at a time.');
  const chosen = file === undefined ? configFile() : { path: resolve(file), isNamed: true };
  try {
    load(chosen);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  say(
    existsSync(chosen.path)
      ? `${chosen.path}: all of it can be used.`
      : 'There is no file: all is as by default.',
  );
  return 0;
}

function print(): number {
  const { config, origins } = load(configFile());
  for (const setting of SETTINGS) {
    const { name, path } = setting;
    const origin = origins.get(name) ?? { kind: 'default' };
    say(`${name}: ${shownValue(setting, valueAt(config, path))}  (${inWords(origin)})`);
  }
  return 0;
}

function docs(parameters: string[]): number {
  const { values } = parseArgs({ args: parameters, options: { check: { type: 'boolean' } } });
  const outdated = Object.entries(DOCUMENTS).filter(([file, make]) => !holds(file, make()));
  if (!values.check) {
    for (const [file, make] of outdated) writeFileSync(join(PROJECT_ROOT, file), make());
    return 0;
  }
  if (outdated.length === 0) {
    say('The pages about the configuration fit its schema.');
    return 0;
  }
  const files = outdated.map(([file]) => file).join(' and ');
  process.stderr.write(`The settings have changed and ${files} not: run \`npm run config -- docs\`.\n`);
  return 1;
}

function load(file: ConfigFile) {
  return parseConfig(process.env, file, readText(file));
}

function inWords(origin: Origin): string {
  if (origin.kind === 'environment') return origin.variable;
  return origin.kind === 'file' ? origin.where : 'default';
}

function holds(file: string, text: string): boolean {
  const path = join(PROJECT_ROOT, file);
  return existsSync(path) && readFileSync(path, 'utf8') === text;
}
