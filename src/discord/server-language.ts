import { container } from '@sapphire/framework';
import { serverLanguage } from '../game/servers/settings.ts';
import { languageFor, type Translate, translator } from './translate.ts';

/** The sentences in which a server is told things: in the language that its admins chose, else in its own at Discord. */
export function translatorFor(guildId: string): Translate {
  const { world, game, serverDirectory } = container;
  const chosen = game.settings.get(world.reader, guildId, serverLanguage);
  return translator(languageFor(chosen ?? serverDirectory.server(guildId)?.preferredLocale));
}
