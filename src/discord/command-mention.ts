import { type Command, container } from '@sapphire/framework';
import { chatInputApplicationCommandMention } from 'discord.js';
import type { Translate } from './translate.ts';

/**
 * A command as something to tap on, which opens it; before Discord has said which id it has, as something to type.
 *
 * @param name the name of the piece in `src/commands`, and a subcommand of it after a space where it has some
 */
export function commandMention(t: Translate, name: string): string {
  const [command = '', ...below] = name.split(' ');
  const id = idOf(container.stores.get('commands').get(command));
  if (id === undefined) return `\`${commandName(t, name)}\``;
  const [first, second] = below;
  if (second !== undefined) return chatInputApplicationCommandMention(command, first ?? '', second, id);
  return first === undefined
    ? chatInputApplicationCommandMention(command, id)
    : chatInputApplicationCommandMention(command, first, id);
}

/** A command as it is typed, in the language of whoever reads it; for where nothing can be tapped on. */
export function commandName(t: Translate, name: string): string {
  const [command = '', ...below] = name.split(' ');
  const names = below.map((_, index) => t(`commands/${command}:${below.slice(0, index + 1).join('.')}.name`));
  return `/${[t(`commands/${command}:name`), ...names].join(' ')}`;
}

function idOf(command: Command | undefined): string | undefined {
  const [id] = command?.applicationCommandRegistry.globalChatInputCommandIds ?? [];
  return id;
}
