import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIButtonComponentWithCustomId,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
} from 'discord.js';
import type { MessageRecord, OptionValues } from '../../playground/discord/index.ts';
import { everyComponent } from '../../playground/discord/wire/components.ts';
import type { Stage } from './stage.ts';

/** What a player gives with a command, and how often it can lead to something however often it is used at once. */
export interface Use {
  readonly values: OptionValues;
  /** How many of many uses at once may change anything; 1 where it isn't said. */
  readonly most?: number;
}

/**
 * A sensible use of each command by the server's owner, who has some of everything, is on level 1 and has nothing
 * under way.
 */
export function usesOf(stage: Stage): Readonly<Record<string, Use>> {
  return {
    '/achievements': { values: { show: 'all' } },
    '/admin doctor': { values: {} },
    '/admin export': { values: {}, most: 50 },
    '/admin explain': { values: { user: stage.odette } },
    // Whoever may grant may do so as often as they like.
    '/admin grant': {
      values: { user: stage.tobin, what: 'oak_log', amount: 5, reason: 'a good deed' },
      most: 50,
    },
    '/admin log': { values: {} },
    '/admin take': { values: { user: stage.odette, what: 'xp', amount: 1, reason: 'too many' }, most: 50 },
    '/admin undo': { values: {} },
    '/config announcements': { values: { channel: stage.news } },
    '/config engagement': { values: { enabled: false } },
    '/config game': { values: { xp: 2 } },
    '/config log': { values: { channel: stage.workshop } },
    '/config panel': { values: {} },
    '/config reset': { values: { setting: 'announcementChannel' } },
    '/config server': { values: { language: 'de' } },
    // As often as there are slots and places in the queue at level 1.
    '/craft': { values: { recipe: 'campfire' }, most: 5 },
    '/crafting': { values: {} },
    '/daily': { values: {} },
    '/gather': { values: { place: 'whispering_woods' } },
    '/give': { values: { user: stage.tobin, item: 'oak_log', quantity: 2 } },
    '/help': { values: {} },
    '/inventory': { values: {} },
    '/item': { values: { item: 'oak_log' } },
    '/leaderboard': { values: { board: 'xp', period: 'all' } },
    '/notify': { values: { about: 'everything', how: 'channel' } },
    '/preferences': { values: { leaderboards: 'hidden' } },
    '/privacy delete': { values: {} },
    '/privacy export': { values: {} },
    '/profile': { values: {} },
    '/recipes': { values: {} },
    '/salvage': { values: { item: 'iron_sword' } },
  };
}

/** A command that can be used, with the subcommand if it has some: `/config announcements`. */
export function pathsOf(commands: readonly APIApplicationCommand[]): string[] {
  return commands
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap(({ name, options = [] }) => branches(`/${name}`, options))
    .toSorted();
}

function branches(path: string, options: readonly APIApplicationCommandOption[]): string[] {
  const inner = options.flatMap((option) => {
    const { type, name } = option;
    if (type === ApplicationCommandOptionType.Subcommand) return [`${path} ${name}`];
    if (type !== ApplicationCommandOptionType.SubcommandGroup) return [];
    return branches(`${path} ${name}`, option.options ?? []);
  });
  return inner.length > 0 ? inner : [path];
}

/** The use of a command. @throws Error that says where to add one */
export function useOf(stage: Stage, path: string): Use {
  const use = usesOf(stage)[path];
  if (use) return use;
  throw new Error(`Say in usesOf (test/support/commands.ts) with which options the tests use ${path}.`);
}

/** The custom ids of the buttons that can be pressed on a message. */
export function buttonsOn(message: MessageRecord): string[] {
  return everyComponent(message.components)
    .filter(({ type, disabled }) => type === ComponentType.Button && disabled !== true)
    .flatMap((button) => (button as Partial<APIButtonComponentWithCustomId>).custom_id ?? []);
}
