import {
  ApplicationCommandCreateRequestSchema,
  ApplicationCommandPatchRequestPartialSchema,
  ApplicationCommandUpdateRequestSchema,
} from 'discord-api-spec/zod';
import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  Locale,
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

type Localizations = Readonly<Partial<Record<string, string | null>>> | null | undefined;

/** What has a name, and perhaps a description, in several languages. */
interface Localized {
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly description_localizations?: Localizations;
}

/** developer docs, "Application Command Naming". */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** Characters of a description, and of a choice's name (developer docs, "Application Command Object"). */
const LONGEST_TEXT = 100;
const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));
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
    ...localizationComplaints(command, at),
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

/** developer docs, "Localization": a locale that Discord speaks, and for each the rules of the text it stands for. */
function localizationComplaints(named: Localized, at: Path): Complaint[] {
  return [
    ...eachLocalization(named.name_localizations, [...at, 'name_localizations'], nameComplaints),
    ...eachLocalization(
      named.description_localizations,
      [...at, 'description_localizations'],
      textComplaints,
    ),
  ];
}

/** A choice's name is shown as it is and needs to be no word of a command. */
function choiceComplaints(choices: readonly Localized[], at: Path): Complaint[] {
  return [
    ...choices.flatMap(({ name_localizations: names }, index) =>
      eachLocalization(names, [...at, index, 'name_localizations'], textComplaints),
    ),
    ...sameNames(choices, at, 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS'),
  ];
}

function eachLocalization(
  texts: Localizations,
  at: Path,
  complaints: (text: string, path: Path) => Complaint[],
): Complaint[] {
  return Object.entries(texts ?? {}).flatMap(([locale, text]) => [
    ...(LOCALES.has(locale)
      ? []
      : [{ path: [...at, locale], code: 'BASE_TYPE_CHOICES', message: 'Value is no locale' }]),
    ...(text === null ? [] : complaints(text ?? '', [...at, locale])),
  ]);
}

function textComplaints(text: string, path: Path): Complaint[] {
  if (text.length > 0 && text.length <= LONGEST_TEXT) return [];
  const message = `Must be between 1 and ${LONGEST_TEXT} in length.`;
  return [{ path, code: 'BASE_TYPE_BAD_LENGTH', message }];
}

/** Where two are called the same by somebody: in the language of the bot, or in one that they are localized to. */
function sameNames(named: readonly Localized[], at: Path, code: string): Complaint[] {
  const locales = new Set(named.flatMap(({ name_localizations: names }) => Object.keys(names ?? {})));
  return [undefined, ...locales].flatMap((locale) => {
    const seen = named.map((each) => localized(each, locale));
    const field = locale === undefined ? ['name'] : ['name_localizations', locale];
    return seen.flatMap((name, index) =>
      seen.indexOf(name) === index
        ? []
        : [{ path: [...at, index, ...field], code, message: 'Name already exists' }],
    );
  });
}

function localized({ name, name_localizations: names }: Localized, locale: string | undefined): string {
  const localizations: Readonly<Record<string, string | null | undefined>> = names ?? {};
  return (locale === undefined ? undefined : localizations[locale]) ?? name;
}

function optionsComplaints(options: readonly APIApplicationCommandOption[], at: Path): Complaint[] {
  return [
    ...sameNames(options, at, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS'),
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
    ...localizationComplaints(option, at),
    ...choiceComplaints('choices' in option ? (option.choices ?? []) : [], [...at, 'choices']),
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
  const types = Map.groupBy(commands.entries(), ([, { type }]) => type ?? ApplicationCommandType.ChatInput);
  return [...types.values()].flatMap((group) =>
    sameNames(
      group.map(([, command]) => command),
      [],
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
    ).map(({ path: [place, ...field], ...complaint }) => ({
      ...complaint,
      path: [group[Number(place)]?.[0] ?? 0, ...field],
    })),
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
