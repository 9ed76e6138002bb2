import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10';
import { type BasicOption, OptionType } from '../discord.ts';

/** An option, described in the language of who fills it in. */
export type TypedOption = BasicOption & {
  /** What it is called in that language. */
  readonly label: string;
};

/** A command as it is typed, with its subcommand spelled out: `/config announcements`. */
export interface TypedCommand {
  readonly text: string;
  /** The same in the language of who types it. */
  readonly label: string;
  readonly description: string;
  readonly options: readonly TypedOption[];
}

/** Words in one language, and in others by their locale. */
type InLanguages = Readonly<Record<string, string | null | undefined>> | null | undefined;

interface Named {
  readonly name: string;
  readonly name_localizations?: InLanguages;
}

interface Described extends Named {
  readonly description: string;
  readonly description_localizations?: InLanguages;
}

/**
 * Every command that can be run, in alphabetical order.
 *
 * @param locale the language in which they are named and described, as far as they are
 */
export function flatten(commands: readonly APIApplicationCommand[], locale: string): TypedCommand[] {
  return commands
    .flatMap((command) => branches([command], command.options ?? [], locale))
    .sort((left, right) => left.label.localeCompare(right.label));
}

/** @param path the command, with the group and the subcommand that lead to these options */
function branches(
  path: readonly [Described, ...Described[]],
  options: readonly APIApplicationCommandOption[],
  locale: string,
): TypedCommand[] {
  const below = options.filter(isBranch);
  if (below.length > 0)
    return below.flatMap((option) =>
      branches([option, ...path], 'options' in option ? (option.options ?? []) : [], locale),
    );
  const fromTop = path.toReversed();
  return [
    {
      text: `/${fromTop.map(({ name }) => name).join(' ')}`,
      label: `/${fromTop.map((each) => nameOf(each, locale)).join(' ')}`,
      description: descriptionOf(path[0], locale),
      options: (options as BasicOption[]).map((option) => inLanguage(option, locale)),
    },
  ];
}

function isBranch({ type }: APIApplicationCommandOption): boolean {
  return (type as number) === OptionType.Subcommand || (type as number) === OptionType.SubcommandGroup;
}

function inLanguage(option: BasicOption, locale: string): TypedOption {
  const said = { ...option, label: nameOf(option, locale), description: descriptionOf(option, locale) };
  if (!('choices' in option) || !option.choices) return said as TypedOption;
  const choices = option.choices.map((choice) => ({ ...choice, name: nameOf(choice, locale) }));
  return { ...said, choices } as TypedOption;
}

function nameOf({ name, name_localizations: names }: Named, locale: string): string {
  return names?.[locale] ?? name;
}

function descriptionOf(
  { description, description_localizations: others }: Described,
  locale: string,
): string {
  return others?.[locale] ?? description;
}

/** What is typed after the slash, against the commands: those that begin so, then those that contain it. */
export function matching(commands: readonly TypedCommand[], typed: string): TypedCommand[] {
  const wanted = typed.toLowerCase().replace(/^\//, '').trim();
  const begins = commands.filter(({ text, label }) =>
    [label, text].some((name) => name.slice(1).startsWith(wanted)),
  );
  const contains = commands.filter(
    (command) =>
      !begins.includes(command) &&
      `${command.label} ${command.text} ${command.description}`.toLowerCase().includes(wanted),
  );
  return [...begins, ...contains];
}
