import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10';
import { type BasicOption, OptionType } from '../discord.ts';

/** A command as it is typed, with its subcommand spelled out: `/config announcements`. */
export interface TypedCommand {
  readonly text: string;
  readonly description: string;
  readonly options: readonly BasicOption[];
}

/** Every command that can be run, in alphabetical order. */
export function flatten(commands: readonly APIApplicationCommand[]): TypedCommand[] {
  return commands
    .flatMap(({ name, description, options }) => branches(name, description, options ?? []))
    .sort((left, right) => left.text.localeCompare(right.text));
}

function branches(
  text: string,
  description: string,
  options: readonly APIApplicationCommandOption[],
): TypedCommand[] {
  const below = options.filter(isBranch);
  if (below.length === 0) return [{ text: `/${text}`, description, options: options as BasicOption[] }];
  return below.flatMap((option) =>
    branches(`${text} ${option.name}`, option.description, 'options' in option ? (option.options ?? []) : []),
  );
}

function isBranch({ type }: APIApplicationCommandOption): boolean {
  return (type as number) === OptionType.Subcommand || (type as number) === OptionType.SubcommandGroup;
}

/** What is typed after the slash, against the commands: those that begin so, then those that contain it. */
export function matching(commands: readonly TypedCommand[], typed: string): TypedCommand[] {
  const wanted = typed.toLowerCase().replace(/^\//, '').trim();
  const begins = commands.filter(({ text }) => text.slice(1).startsWith(wanted));
  const contains = commands.filter(
    (command) =>
      !begins.includes(command) && `${command.text} ${command.description}`.toLowerCase().includes(wanted),
  );
  return [...begins, ...contains];
}
