import { container } from '@sapphire/framework';
import type { Announcement } from '../../game/announcements/announcements.table.ts';
import { buttonRows } from '../components.ts';
import { DEFAULT_LANGUAGE, languageFor, type Translate, translator } from '../translate.ts';

/** The message that tells a channel these announcements, one card for each. Nobody is pinged by it. */
export function composeAnnouncements(announcements: readonly Announcement[]): Record<string, unknown> {
  const cards = announcements.map((announcement) => {
    const card = container.stores.get('cards').get(announcement.subject.kind);
    if (!card)
      throw new Error(`There is no card for announcements of the kind "${announcement.subject.kind}".`);
    return card.render(speakTo(card.audience, announcement), announcement);
  });
  return {
    embeds: cards.map(({ embed }) => embed),
    components: buttonRows(cards.flatMap(({ buttons = [] }) => buttons)),
    allowed_mentions: { parse: [] },
  };
}

function speakTo(audience: 'server' | 'player', { guildId, userId }: Announcement): Translate {
  const { client, game, world } = container;
  const locale =
    audience === 'player'
      ? game.players.locale(world.reader, { guildId, userId })
      : client.guilds.cache.get(guildId)?.preferredLocale;
  return translator(locale == null ? DEFAULT_LANGUAGE : languageFor(locale));
}
