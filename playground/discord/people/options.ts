import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as OptionType,
} from 'discord-api-types/v10';
import { ClientRefusal } from './refusal.ts';
import type { Lookup, Resolved } from './resolved.ts';

/** A file given for an attachment option. */
export interface GivenFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly contentType?: string;
}

/** What a person gives for an option: a value, or something with an id or a name for users, channels and roles. */
export type OptionValue = string | number | boolean | { readonly id: string } | GivenFile;
export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

/** An option as it stands in `data.options`. */
export interface SentOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly SentOption[];
}

/** A command with the way to the subcommand that was meant. */
export interface CommandPath {
  readonly command: APIApplicationCommand;
  /** Group and subcommand, as far as there are. */
  readonly branches: readonly APIApplicationCommandOption[];
  readonly options: readonly APIApplicationCommandBasicOption[];
}

/** What a command is called with its group and subcommand: `config announcements`. */
export function fullName({ command, branches }: CommandPath): string {
  return [command, ...branches].map(({ name }) => name).join(' ');
}

interface Bounds {
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly channel_types?: readonly number[];
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
}

/**
 * Finds what `/config announcements` means.
 *
 * @throws ClientRefusal when there is no such command or subcommand
 */
export function findCommand(commands: readonly APIApplicationCommand[], text: string): CommandPath {
  const [name, ...path] = text.replace(/^\//, '').trim().split(/\s+/);
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw new ClientRefusal(`There is no command /${name}. There are: ${namesOf(commands)}`);
  const branches: APIApplicationCommandOption[] = [];
  let level: readonly APIApplicationCommandOption[] = command.options ?? [];
  for (const word of path) {
    const branch = level.find((option) => option.name === word && isBranch(option));
    if (!branch)
      throw new ClientRefusal(`/${command.name} has no subcommand "${word}". It has: ${namesOf(level)}`);
    branches.push(branch);
    level = 'options' in branch ? (branch.options ?? []) : [];
  }
  if (level.some(isBranch)) throw new ClientRefusal(`${text} needs a subcommand: ${namesOf(level)}`);
  return { command, branches, options: level.filter(isBasic) };
}

/** The same command for a client that keeps no bounds and no choices. */
export function withoutBounds(path: CommandPath): CommandPath {
  const unbounded: Bounds = {};
  const bounds = ['min_value', 'max_value', 'min_length', 'max_length', 'channel_types', 'choices'] as const;
  const dropped = Object.fromEntries(bounds.map((bound) => [bound, unbounded[bound]]));
  return { ...path, options: path.options.map((option) => ({ ...option, ...dropped })) };
}

/**
 * Makes of given values what a client would send, and adds what they refer to.
 *
 * @throws ClientRefusal where the client would not send it: required missing, unknown option or choice, out of bounds
 */
export function sendableOptions(
  { options }: CommandPath,
  values: OptionValues,
  lookup: Lookup,
  resolved: Resolved,
): SentOption[] {
  refuseStrangers(options, values);
  return options.flatMap((option) => {
    const value = values[option.name];
    if (value !== undefined) return [sendable(option, value, lookup, resolved)];
    if (option.required) throw new ClientRefusal(`The option "${option.name}" is required`);
    return [];
  });
}

/**
 * What is sent while a person still types: the focused option as it stands, others as far as they are there.
 *
 * @throws ClientRefusal when the option is unknown or has no autocomplete
 */
export function typedOptions(
  { options }: CommandPath,
  focused: string,
  typed: string,
  values: OptionValues,
  lookup: Lookup,
  resolved: Resolved,
): SentOption[] {
  refuseStrangers(options, { ...values, [focused]: typed });
  return options.flatMap((option): SentOption[] => {
    if (option.name === focused) {
      if (!('autocomplete' in option) || !option.autocomplete) {
        throw new ClientRefusal(`The option "${focused}" does not complete`);
      }
      return [{ name: option.name, type: option.type, value: typed, focused: true }];
    }
    const value = values[option.name];
    // A file is sent with the command, not with every letter that is typed beside it.
    if (value === undefined || option.type === OptionType.Attachment) return [];
    return [sendable(option, value, lookup, resolved)];
  });
}

/** Puts options under their subcommand and group. */
export function underBranches(
  { branches }: CommandPath,
  options: readonly SentOption[],
): readonly SentOption[] {
  return branches.reduceRight<readonly SentOption[]>(
    (inner, branch) => [{ name: branch.name, type: branch.type, options: inner }],
    options,
  );
}

function sendable(
  option: APIApplicationCommandBasicOption,
  value: OptionValue,
  lookup: Lookup,
  resolved: Resolved,
): SentOption {
  return { name: option.name, type: option.type, value: convert(option, value, lookup, resolved) };
}

function convert(
  option: APIApplicationCommandBasicOption,
  value: OptionValue,
  lookup: Lookup,
  resolved: Resolved,
): string | number | boolean {
  // Each kind of option has its own of these; what a kind lacks is not asked of it below.
  const bounds = option as Bounds;
  switch (option.type) {
    case OptionType.String:
      return text(option.name, bounds, value);
    case OptionType.Integer:
    case OptionType.Number:
      return number(option.name, bounds, value, option.type === OptionType.Integer);
    case OptionType.Boolean:
      return truth(option.name, value);
    case OptionType.User:
      return lookup.user(reference(option.name, value), resolved);
    case OptionType.Channel:
      return lookup.channel(reference(option.name, value), resolved, bounds.channel_types);
    case OptionType.Role:
      return lookup.role(reference(option.name, value), resolved);
    case OptionType.Mentionable:
      return lookup.mentionable(reference(option.name, value), resolved);
    case OptionType.Attachment:
      if (typeof value === 'object' && 'content' in value) return lookup.attachment(value, resolved);
      throw new ClientRefusal(`The option "${option.name}" wants a file`);
  }
}

function text(name: string, bounds: Bounds, value: OptionValue): string {
  const given = String(value);
  if (bounds.choices?.length) return String(chosen(name, bounds.choices, given));
  const length = given.length;
  if (length < (bounds.min_length ?? 0) || length > (bounds.max_length ?? 6_000)) {
    throw new ClientRefusal(
      `"${name}" must have ${bounds.min_length ?? 0} to ${bounds.max_length ?? 6_000} characters, it has ${length}`,
    );
  }
  return given;
}

function number(name: string, bounds: Bounds, value: OptionValue, whole: boolean): number {
  if (bounds.choices?.length) return Number(chosen(name, bounds.choices, String(value)));
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof given !== 'number' || !Number.isFinite(given) || (whole && !Number.isSafeInteger(given))) {
    throw new ClientRefusal(`"${name}" must be a ${whole ? 'whole ' : ''}number`);
  }
  if (given < (bounds.min_value ?? -Infinity))
    throw new ClientRefusal(`"${name}" must be at least ${bounds.min_value}`);
  if (given > (bounds.max_value ?? Infinity))
    throw new ClientRefusal(`"${name}" must be at most ${bounds.max_value}`);
  return given;
}

function truth(name: string, value: OptionValue): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new ClientRefusal(`"${name}" is true or false`);
}

function chosen(name: string, choices: NonNullable<Bounds['choices']>, given: string): string | number {
  const choice = choices.find(({ name: label, value }) => String(value) === given || label === given);
  if (choice) return choice.value;
  throw new ClientRefusal(`"${given}" is not a choice for "${name}": ${namesOf(choices)}`);
}

function reference(name: string, value: OptionValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && 'id' in value) return value.id;
  throw new ClientRefusal(`"${name}" wants a name, an id or something that has an id`);
}

function refuseStrangers(options: readonly APIApplicationCommandBasicOption[], values: OptionValues): void {
  const unknown = Object.keys(values).find((name) => !options.some((option) => option.name === name));
  if (unknown !== undefined)
    throw new ClientRefusal(`There is no option "${unknown}". There are: ${namesOf(options)}`);
}

function isBranch(option: APIApplicationCommandOption): boolean {
  return option.type === OptionType.Subcommand || option.type === OptionType.SubcommandGroup;
}

function isBasic(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  return !isBranch(option);
}

function namesOf(things: readonly { readonly name: string }[]): string {
  return things.map(({ name }) => name).join(', ') || 'none';
}
