import { z } from 'zod';
import { markOf, type SettingMark } from './setting.ts';

/** A setting, as everybody needs it who goes through all of them. */
export interface Setting extends SettingMark {
  /** The keys down to it, such as `game`, `speed`. */
  readonly path: readonly string[];
  /** The same as one word, such as `game.speed`. */
  readonly name: string;
  /** The environment variable that sets it. An empty one counts as not set. */
  readonly variable: string;
  /** Undefined where it is not set by default. */
  readonly default: unknown;
  /** What it can be, in words. */
  readonly values: string;
}

/** What stands in the documentation above the settings that belong together. */
export interface Section {
  readonly name: string;
  readonly description: string;
}

/**
 * The settings in a schema, in its order.
 *
 * @throws Error for one that isn't described
 */
export function settingsOf(schema: z.ZodType, path: readonly string[] = []): Setting[] {
  const object = bare(schema);
  if (object instanceof z.ZodObject) {
    return Object.entries(object.shape as Record<string, z.ZodType>).flatMap(([key, inner]) =>
      settingsOf(inner, [...path, key]),
    );
  }
  const name = path.join('.');
  const mark = markOf(schema);
  if (!mark) throw new Error(`Nobody has said what the setting ${name} is for: define it with \`setting\`.`);
  const rule = z.toJSONSchema(schema, { io: 'output' }) as Rule;
  return [{ variable: variableOf(path), ...mark, path, name, default: rule.default, values: inWords(rule) }];
}

/** The sections in a schema, in its order, those in a section after it. */
export function sectionsOf(schema: z.ZodType, path: readonly string[] = []): Section[] {
  const object = bare(schema);
  if (!(object instanceof z.ZodObject)) return [];
  const own =
    path.length === 0 ? [] : [{ name: path.join('.'), description: markOf(schema)?.description ?? '' }];
  const inner = Object.entries(object.shape as Record<string, z.ZodType>);
  return [...own, ...inner.flatMap(([key, each]) => sectionsOf(each, [...path, key]))];
}

/** What is at a setting's place in a configuration. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isMapping(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    values,
  );
}

/** A configuration with something else at a setting's place; the one that is given stays as it is. */
export function withValueAt(values: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  // What is no section is left for the schema to complain about.
  if (values !== undefined && !isMapping(values)) return values;
  return { ...values, [key]: withValueAt(values?.[key], rest, value) };
}

/** Whether something has keys and values, as a section has. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema without its default, and without what makes it optional. */
function bare(schema: z.ZodType): z.ZodType {
  const isWrapper =
    schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional;
  return isWrapper ? bare(schema.unwrap() as z.ZodType) : schema;
}

/** `jobs.databaseUrl` is JOBS_DATABASE_URL. */
function variableOf(path: readonly string[]): string {
  return path.map((key) => key.replaceAll(/[A-Z]/g, '_$&').toUpperCase()).join('_');
}

/** So much of JSON Schema is needed to say what a setting can be. */
interface Rule {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

function inWords({ type, format, enum: choices, minimum, maximum, exclusiveMinimum }: Rule): string {
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'integer' || type === 'number') {
    // An integer without a bound has the largest safe one.
    const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
    return `${type === 'integer' ? 'a whole number' : 'a number'}, ${span(minimum, exclusiveMinimum, most)}`;
  }
  return format === 'uri' ? 'an address' : 'text';
}

function span(least: number | undefined, above: number | undefined, most: number | undefined): string {
  const upTo = most === undefined ? '' : `up to ${shown(most)}`;
  if (above !== undefined) return [`above ${shown(above)}`, upTo].filter(Boolean).join(', ');
  if (least === undefined) return upTo || 'any';
  return most === undefined ? `${shown(least)} or more` : `${shown(least)} to ${shown(most)}`;
}

function shown(number: number): string {
  return number.toLocaleString('en');
}
