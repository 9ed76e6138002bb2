import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { FirstStep } from '../../game/suggestions/first-steps.ts';
import type { Suggestion } from '../../game/suggestions/suggestions.ts';
import type { CommandGroup, ListedCommands } from '../command-list.ts';
import { commandMention } from '../command-mention.ts';
import { inWords } from '../in-words.ts';
import type { Translate } from '../translate.ts';

/** Discord's limits ("Embed Limits"): the value of a field, and the fields of an embed. */
const LONGEST_VALUE = 1_024;
const MOST_FIELDS = 25;

/** What a field is called that goes on with the one before: Discord wants a name, and shows none for this. */
const NO_NAME = '\u200B';

/** What there is to say to somebody who asks for help. */
export interface Help {
  /** What a newcomer has done and not done yet; empty for everybody else. */
  readonly steps: readonly FirstStep[];
  readonly suggestions: readonly Suggestion[];
  readonly commands: readonly ListedCommands[];
}

/** What somebody could do next, and every command there is. */
export function helpView(t: Translate, { steps, suggestions, commands }: Help): { embeds: APIEmbed[] } {
  const embed: APIEmbed = {
    title: t('help:title'),
    description: (steps.length > 0 ? stepLines(t, steps) : suggestionLines(t, suggestions)).join('\n'),
    fields: commands.flatMap((listed) => groupFields(t, listed)).slice(0, MOST_FIELDS),
  };
  return { embeds: [embed] };
}

function stepLines(t: Translate, steps: readonly FirstStep[]): string[] {
  const lines = steps.map(({ kind, done }) => `${done ? '✅' : '▫️'} ${t(`help:first.${kind}`, commands(t))}`);
  return [t('help:welcome'), '', `**${t('help:firstSteps')}**`, ...lines];
}

function suggestionLines(t: Translate, suggestions: readonly Suggestion[]): string[] {
  const lines = suggestions.map((suggestion) => {
    const facts: Record<string, unknown> = {
      ...inWords(t, suggestion),
      ...commands(t),
      ...goal(t, suggestion),
    };
    return `• ${t(`help:next.${suggestion.kind}`, facts)}`;
  });
  return [`**${t('help:nextSteps')}**`, ...lines];
}

/** What an achievement that is close is called. */
function goal(t: Translate, suggestion: Suggestion): { achievement?: string } {
  if (suggestion.kind !== 'achievement') return {};
  return { achievement: t(`achievements:${suggestion.achievementId}.name`) };
}

/** The commands that suggestions name. */
function commands(t: Translate) {
  return {
    achievements: commandMention(t, 'achievements'),
    craft: commandMention(t, 'craft'),
    daily: commandMention(t, 'daily'),
    gather: commandMention(t, 'gather'),
    inventory: commandMention(t, 'inventory'),
    leaderboard: commandMention(t, 'leaderboard'),
    recipes: commandMention(t, 'recipes'),
  };
}

/** One field, or as many as it takes: no command is left out. */
function groupFields(t: Translate, { group, lines }: ListedCommands): APIEmbedField[] {
  const values: string[] = [];
  for (const line of lines) {
    const last = values.at(-1);
    const longer = `${last}\n${line}`;
    if (last !== undefined && longer.length <= LONGEST_VALUE) values[values.length - 1] = longer;
    else values.push(line);
  }
  return values.map((value, index) => ({ name: index === 0 ? groupName(t, group) : NO_NAME, value }));
}

function groupName(t: Translate, group: CommandGroup): string {
  return t(`help:groups.${group}`);
}
