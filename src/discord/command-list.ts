import { type Command, container } from '@sapphire/framework';
import {
  Subcommand,
  type SubcommandMapping,
  type SubcommandMappingGroup,
} from '@sapphire/plugin-subcommands';
import { commandMention } from './command-mention.ts';
import type { ForManagers } from './manager.ts';
import type { Translate } from './translate.ts';

type KnownGroup = 'making' | 'finding' | 'having' | 'becoming';

/** What a command is about: one of these, anything else, or what only those use who manage the server. */
export type CommandGroup = KnownGroup | 'more' | 'managing';

/** Which commands belong together, in the order in which they are listed. One that isn't here is in `more`. */
const GROUPS: Readonly<Record<KnownGroup, readonly string[]>> = {
  making: ['craft', 'crafting', 'recipes', 'salvage'],
  finding: ['gather', 'daily'],
  having: ['inventory', 'item', 'give'],
  becoming: ['profile', 'achievements', 'leaderboard'],
};

const KNOWN_GROUPS = Object.keys(GROUPS) as KnownGroup[];

/** The commands of one group, a line for each. */
export interface ListedCommands {
  readonly group: CommandGroup;
  readonly lines: readonly string[];
}

/**
 * Every command there is that somebody may use, found where the commands are.
 *
 * @param isManager whether they run the server; what is for those who do is left out for others
 */
export function listCommands(t: Translate, isManager: boolean): ListedCommands[] {
  const usable = [...container.stores.get('commands').values()]
    .filter((command) => command.supportsChatInputCommands())
    .filter((command) => isManager || !isForManagers(command));
  const groups = Map.groupBy(usable, groupOf);
  const order: CommandGroup[] = [...KNOWN_GROUPS, 'more', 'managing'];
  return order.flatMap((group) => {
    const commands = (groups.get(group) ?? []).sort(
      (one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name),
    );
    return commands.length > 0 ? { group, lines: commands.flatMap((command) => linesOf(t, command)) } : [];
  });
}

function isForManagers(command: Command | (Command & ForManagers)): boolean {
  return 'isForManagers' in command && command.isForManagers;
}

function groupOf(command: Command): CommandGroup {
  if (isForManagers(command)) return 'managing';
  return KNOWN_GROUPS.find((group) => GROUPS[group].includes(command.name)) ?? 'more';
}

/** Where a command stands in its group. */
function rank({ name }: Command): number {
  return KNOWN_GROUPS.flatMap((group) => GROUPS[group]).indexOf(name);
}

function linesOf(t: Translate, command: Command): string[] {
  const { name } = command;
  if (!(command instanceof Subcommand)) return [lineOf(t, name, t(`commands/${name}:description`))];
  return command.parsedSubcommandMappings.flatMap(pathsOf).map((path) => {
    const description = t(`commands/${name}:${path.join('.')}.description`);
    return lineOf(t, [name, ...path].join(' '), description);
  });
}

function pathsOf(mapping: SubcommandMapping): string[][] {
  if (mapping.type !== 'group') return [[mapping.name]];
  return (mapping as SubcommandMappingGroup).entries.map(({ name }) => [mapping.name, name]);
}

function lineOf(t: Translate, name: string, description: string): string {
  return `${commandMention(t, name)} ${description}`;
}
