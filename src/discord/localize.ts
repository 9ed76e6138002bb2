import { applyLocalizedBuilder } from '@sapphire/plugin-i18next';
import type { SharedNameAndDescription } from 'discord.js';

/**
 * Gives a command, subcommand or option its name and description in every language, from `data/locales`.
 *
 * @param key the file and the place in it where `name` and `description` are: `commands/craft:` for the command itself,
 * `commands/craft:recipe.` for its option
 */
export function localize<Builder extends SharedNameAndDescription>(builder: Builder, key: string): Builder {
  return applyLocalizedBuilder(builder, `${key}name`, `${key}description`);
}
