import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandUpdateRequestSchema,
} from 'discord-api-spec/zod';
import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as OptionType,
} from 'discord-api-types/v10';
import { type Complaint, refuseIfAny } from '../errors.ts';
import { withoutNulls } from '../wire/nulls.ts';
import { checked, complaintsOf } from './schema.ts';

type Path = Complaint['path'];

/** A command as a bot registers it. */
export interface CommandBody {
  readonly name: string;
  readonly type?: ApplicationCommandType;
  readonly description?: string;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly options?: readonly APIApplicationCommandOption[];
  /** A number as digits, or the number itself. */
  readonly default_member_permissions?: string | number | null;
  readonly dm_permission?: boolean;
  readonly contexts?: readonly number[];
  readonly integration_types?: readonly number[];
  readonly nsfw?: boolean;
}

/** developer docs, "Application Command Naming". */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** Characters of names, descriptions and values of one command (developer docs, "Application Command Object"). */
const MOST_CHARACTERS = 8_000;
/** Documented for commands, missing in the published description. */
const ALSO_TAKEN = { alsoTaken: ['nsfw'] };

/** @throws ApiError 50035 where "Create Global Application Command" would refuse */
export function checkedCommand(body: unknown): CommandBody {
  checked(ApplicationCommandCreateRequestSchema, withNumericPermissions(body), ALSO_TAKEN);
  const command = withoutNulls(body) as CommandBody; // The line above has just checked it.
  refuseIfAny([...permissionComplaints(body, []), ...commandComplaints(command, [])]);
  return restorePermissions(command, body);
}

/** @throws ApiError 50035 where "Bulk Overwrite Global Application Commands" would refuse */
export function checkedCommands(body: unknown): CommandBody[] {
  if (!Array.isArray(body)) {
    refuseIfAny([{ path: [], code: 'BASE_TYPE_INVALID', message: 'Only lists are accepted.' }]);
    return [];
  }
  refuseIfAny(
    body.flatMap((entry, index) =>
      complaintsOf(ApplicationCommandUpdateRequestSchema, withNumericPermissions(entry), ALSO_TAKEN).map(
        (complaint) => ({ ...complaint, path: [index, ...complaint.path] }),
      ),
    ),
  );
  const commands = body.map((entry) => withoutNulls(entry) as CommandBody); // Just checked.
  refuseIfAny([
    ...body.flatMap((entry, index) => permissionComplaints(entry, [index])),
    ...commands.flatMap((command, index) => commandComplaints(command, [index])),
    ...duplicateCommands(commands),
  ]);
  return commands.map((command, index) => restorePermissions(command, body[index]));
}

/**
 * @param existing the command that the patch is for
 * @returns the command as it will be
 * @throws ApiError 50035 where "Edit Global Application Command" would refuse
 */
export function patchedCommand(existing: CommandBody, body: unknown): CommandBody {
  const patch = checked<Partial<CommandBody>>(
    ApplicationCommandPatchRequestPartialSchema,
    withNumericPermissions(body),
    ALSO_TAKEN,
  );
  const merged = restorePermissions(withoutNulls({ ...existing, ...patch }), body);
  const command =
    isRecord(body) && 'default_member_permissions' in body
      ? merged
      : { ...merged, ...permissionsOf(existing) };
  refuseIfAny([...permissionComplaints(body, []), ...commandComplaints(command, [])]);
  return command;
}

function permissionsOf({ default_member_permissions }: CommandBody): Partial<CommandBody> {
  return default_member_permissions === undefined ? {} : { default_member_permissions };
}

/** The published description wants a number where Discord documents, and takes, a string of digits. */
function withNumericPermissions(body: unknown): unknown {
  if (!isRecord(body) || typeof body['default_member_permissions'] !== 'string') return body;
  return { ...body, default_member_permissions: Number(body['default_member_permissions']) };
}

/** `null` means "everybody", which is not the same as absent in an edit, and the text is kept as it was sent. */
function restorePermissions(command: CommandBody, sent: unknown): CommandBody {
  if (!isRecord(sent)) return command;
  const permissions = sent['default_member_permissions'];
  if (typeof permissions === 'string' || typeof permissions === 'number' || permissions === null) {
    return { ...command, default_member_permissions: permissions };
  }
  return command;
}

function permissionComplaints(body: unknown, at: Path): Complaint[] {
  const permissions = isRecord(body) ? body['default_member_permissions'] : undefined;
  if (typeof permissions !== 'string' || /^\d+$/.test(permissions)) return [];
  return [
    {
      path: [...at, 'default_member_permissions'],
      code: 'PERMISSIONS_INVALID',
      message: 'Permissions are a number in digits.',
    },
  ];
}

function commandComplaints(command: CommandBody, at: Path): Complaint[] {
  if ((command.type ?? ApplicationCommandType.ChatInput) !== ApplicationCommandType.ChatInput) return [];
  return [
    ...nameComplaints(command.name, [...at, 'name']),
    ...Object.entries(command.name_localizations ?? {}).flatMap(([locale, name]) =>
      nameComplaints(name, [...at, 'name_localizations', locale]),
    ),
    ...(command.description
      ? []
      : [{ path: [...at, 'description'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }]),
    ...optionsComplaints(command.options ?? [], [...at, 'options']),
    ...(charactersOf(command) > MOST_CHARACTERS
      ? [
          {
            path: [...at],
            code: 'APPLICATION_COMMAND_TOO_LARGE',
            message: `Command exceeds maximum size (${MOST_CHARACTERS})`,
          },
        ]
      : []),
  ];
}

function nameComplaints(name: string, path: Path): Complaint[] {
  const fits = NAME.test(name) && name === name.toLowerCase();
  return fits ? [] : [{ path, code: 'APPLICATION_COMMAND_INVALID_NAME', message: 'Command name is invalid' }];
}

function optionsComplaints(options: readonly APIApplicationCommandOption[], at: Path): Complaint[] {
  return [
    ...duplicateOptions(options, at),
    ...requiredLate(options, at),
    ...mixedKinds(options, at),
    ...options.flatMap((option, index) => optionComplaints(option, [...at, index])),
  ];
}

function optionComplaints(option: APIApplicationCommandOption, at: Path): Complaint[] {
  const nested = 'options' in option ? (option.options ?? []) : [];
  const both =
    'autocomplete' in option && option.autocomplete && 'choices' in option && option.choices?.length;
  const least = bound(option, 'min_value') ?? bound(option, 'min_length');
  const most = bound(option, 'max_value') ?? bound(option, 'max_length');
  return [
    ...nameComplaints(option.name, [...at, 'name']),
    ...Object.entries(option.name_localizations ?? {}).flatMap(([locale, name]) =>
      nameComplaints(name ?? '', [...at, 'name_localizations', locale]),
    ),
    ...(both
      ? [
          {
            path: [...at, 'autocomplete'],
            code: 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
            message: 'Autocomplete and choices exclude each other',
          },
        ]
      : []),
    ...(least !== undefined && most !== undefined && least > most
      ? [
          {
            path: [...at],
            code: 'APPLICATION_COMMAND_OPTIONS_MIN_MAX',
            message: 'The minimum is above the maximum',
          },
        ]
      : []),
    ...optionsComplaints(nested, [...at, 'options']),
  ];
}

function duplicateOptions(options: readonly APIApplicationCommandOption[], at: Path): Complaint[] {
  return options.flatMap((option, index) =>
    options.findIndex(({ name }) => name === option.name) === index
      ? []
      : [
          {
            path: [...at, index, 'name'],
            code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
            message: 'Option name already exists',
          },
        ],
  );
}

/** developer docs, "Application Command Object", `options`: required ones before optional ones. */
function requiredLate(options: readonly APIApplicationCommandOption[], at: Path): Complaint[] {
  const firstOptional = options.findIndex((option) => !option.required);
  return options.flatMap((option, index) =>
    option.required && firstOptional !== -1 && index > firstOptional
      ? [
          {
            path: [...at, index],
            code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            message: 'Required options must be placed before non-required options',
          },
        ]
      : [],
  );
}

/** developer docs, "Subcommands and Subcommand Groups": they do not stand beside other options. */
function mixedKinds(options: readonly APIApplicationCommandOption[], at: Path): Complaint[] {
  const branches = options.filter(isBranch).length;
  if (branches === 0 || branches === options.length) return [];
  return [
    {
      path: [...at],
      code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      message: 'Sub-command and sub-command group option types are mutually exclusive to all other types',
    },
  ];
}

function duplicateCommands(commands: readonly CommandBody[]): Complaint[] {
  const keys = commands.map(({ name, type }) => `${type ?? ApplicationCommandType.ChatInput}/${name}`);
  return keys.flatMap((key, index) =>
    keys.indexOf(key) === index
      ? []
      : [
          {
            path: [index, 'name'],
            code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
            message: 'Application command names must be unique',
          },
        ],
  );
}

function charactersOf(command: CommandBody): number {
  const own =
    longest(command.name, command.name_localizations) +
    longest(command.description, command.description_localizations);
  return own + (command.options ?? []).reduce((sum, option) => sum + optionCharacters(option), 0);
}

function optionCharacters(option: APIApplicationCommandOption): number {
  const own =
    longest(option.name, option.name_localizations) +
    longest(option.description, option.description_localizations);
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  const nested = 'options' in option ? (option.options ?? []) : [];
  return (
    own +
    choices.reduce(
      (sum, choice) => sum + longest(choice.name, choice.name_localizations) + String(choice.value).length,
      0,
    ) +
    nested.reduce((sum, inner) => sum + optionCharacters(inner), 0)
  );
}

/** Of a text and its localizations only the longest counts. */
function longest(text: string | undefined, localizations: object | null | undefined): number {
  return Math.max(...[text ?? '', ...Object.values(localizations ?? {})].map((word) => String(word).length));
}

function bound(option: APIApplicationCommandOption, name: string): number | undefined {
  const value = Object.entries(option).find(([key]) => key === name)?.[1];
  return typeof value === 'number' ? value : undefined;
}

function isBranch(option: APIApplicationCommandOption): boolean {
  return option.type === OptionType.Subcommand || option.type === OptionType.SubcommandGroup;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
