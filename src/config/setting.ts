import { z } from 'zod';

/** What there is to know of a setting besides its rule. */
export interface SettingMark {
  /** What it is for, and in which unit; it stands in the documentation. */
  readonly description: string;
  /**
   * Whether a change of the file counts while the bot runs. Only for what is read from the configuration in force each
   * time it is needed; without it, a change counts from the next start on, and that is what operators are told.
   */
  readonly live?: true;
  /** Never shown anywhere, and kept out of the log. */
  readonly secret?: true;
  /** The environment variable that sets it, where its path would make a bad one. */
  readonly variable?: string;
}

const marks = z.registry<SettingMark>();

/** A setting: its rule and its default, with what there is to know of it. */
export function setting<Schema extends z.ZodType>(rule: Schema, mark: SettingMark): Schema {
  marks.add(rule, mark);
  return rule;
}

/** Settings that belong together; what is not set in it has its default. */
export function section<Shape extends z.ZodRawShape>(
  description: string,
  shape: Shape,
): z.ZodPrefault<z.ZodObject<Shape, z.core.$strict>> {
  // An empty section must do: each setting in it has a default, or may be left out.
  const schema = z.strictObject(shape).prefault({} as never);
  marks.add(schema, { description });
  return schema;
}

/** What was said of a setting or a section where it was defined. */
export function markOf(schema: z.core.$ZodType): SettingMark | undefined {
  return marks.get(schema as z.ZodType);
}

/** A number, also as the environment has it: as text. */
export function number(rule: z.ZodNumber): z.ZodType<number> {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value),
    rule,
  );
}

/** Yes or no, also as the environment has it: as `true` or `false`. */
export function flag(): z.ZodType<boolean> {
  return z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })], 'true or false');
}
