import { container } from '@sapphire/framework';
import { type APIEmbed, ButtonStyle, ComponentType, channelLink, userMention } from 'discord.js';
import type {
  Announcement,
  AnnouncementKind,
  Audience,
} from '../../game/announcements/announcements.table.ts';
import type { Compose, Composed } from '../../game/announcements/channel-messages.ts';
import { recipientOf } from '../../game/announcements/outlet.ts';
import type { Card } from '../../pieces/card.ts';
import { ServerCard } from '../../pieces/server-card.ts';
import { type Button, type ButtonRow, button, buttonRows, type LinkButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { shorten } from '../shorten.ts';
import { languageFor, type Translate, translator } from '../translate.ts';
import { RARITY_COLOURS } from './colours.ts';

/** How many cards are read as they come; more to tell than this is put together. */
const MOST_CARDS: Readonly<Record<Audience, number>> = { server: 5, player: 10, admins: 10 };

/** How many of the best pieces a digest shows. */
const BEST = 5;

/** How much one line may say, and a list of them ("Embed Limits": 4,096 for a description). */
const LONGEST_LINE = 200;
const LONGEST_LIST = 4_000;

/** Mentions of so many people fit into a message's content ("Create Message": 2,000 characters). */
const MOST_PINGED = 50;

/** Stands where a button's reader would: whoever presses it gets a page of their own. */
export const ANYBODY = 'anybody';

/**
 * The message that tells these announcements: a few as a card each; many to the server as a digest with the best of
 * them; many to players as a line each, until it is full. Nobody is pinged who did not ask for it.
 */
export const composeMessage: Compose = (announcements, messageId) => {
  const audience = announcements[0]?.audience ?? 'server';
  const isMuch = announcements.length > MOST_CARDS[audience];
  if (!isMuch) return cards(announcements);
  return audience === 'server' ? digest(announcements, messageId) : list(announcements);
};

/** What a player is shown from their inbox: as many cards or lines as fit. */
export function inboxView(t: Translate, announcements: readonly Announcement[]) {
  const isMuch = announcements.length > MOST_CARDS.player;
  const { body, shown } = isMuch ? list(announcements) : cards(announcements);
  const { embeds, components } = body;
  const content = t('announcements:inbox.title', { count: announcements.length });
  return { shown, view: { content, embeds, components, allowedMentions: { parse: [] } } };
}

/** How announcements of this kind look. */
export function cardOf({ subject }: Announcement): Card<AnnouncementKind> {
  const card = container.stores.get('cards').get(subject.kind);
  if (card) return card;
  throw new Error(`There is no card for announcements of the kind "${subject.kind}".`);
}

/** A message as Discord takes it, and what it tells. */
interface Message extends Composed {
  readonly body: {
    readonly content?: string;
    readonly embeds: APIEmbed[];
    readonly components: ButtonRow<Button | LinkButton>[];
    readonly allowed_mentions: object;
  };
}

function cards(announcements: readonly Announcement[]): Message {
  const [first] = announcements;
  const isDirect = first !== undefined && recipientOf(first.outletId) !== undefined;
  const views = announcements.map((announcement) => {
    const card = cardOf(announcement);
    const { embed, buttons = [] } = card.render(speakTo(announcement), announcement);
    return { embed: card.audience === 'server' ? { ...byMaker(announcement), ...embed } : embed, buttons };
  });
  const embeds = views.map(({ embed }) => embed);
  return {
    body: {
      ...pings(announcements),
      embeds: isDirect ? inDirectMessage(embeds, first) : embeds,
      // What players do is done in their server; buttons in a direct message would come without one.
      components: buttonRows<Button | LinkButton>(
        isDirect ? linkBack(announcements) : unique(views.flatMap(({ buttons }) => buttons)),
      ),
    },
    shown: announcements.map(({ id }) => id),
    counted: [],
  };
}

/** One line each, as many as fit. */
function list(announcements: readonly Announcement[]): Message {
  const [first] = announcements;
  const told: Announcement[] = [];
  let text = '';
  for (const announcement of announcements) {
    const line = lineOf(speakTo(announcement), announcement);
    if (text.length + line.length + 1 > LONGEST_LIST) break;
    text += text === '' ? line : `\n${line}`;
    told.push(announcement);
  }
  const isDirect = first !== undefined && recipientOf(first.outletId) !== undefined;
  const embeds = [{ color: RARITY_COLOURS.uncommon, description: text, timestamp: timestampOf(told) }];
  return {
    body: {
      ...pings(told),
      embeds: isDirect ? inDirectMessage(embeds, first) : embeds,
      components: buttonRows<Button | LinkButton>(isDirect ? linkBack(told) : []),
    },
    shown: told.map(({ id }) => id),
    counted: [],
  };
}

/** Who did what, how much of it there was, and the best of it. */
function digest(announcements: readonly Announcement[], messageId: string): Message {
  const [first] = announcements;
  const t = first ? speakTo(first) : translator(languageFor(null));
  const byWorth = announcements
    .map((announcement) => ({ announcement, worth: cardOf(announcement).worth(announcement) }))
    .sort((left, right) => right.worth - left.worth)
    .map(({ announcement }) => announcement);
  const best = new Set(byWorth.slice(0, BEST));
  const sections = [...Map.groupBy(byWorth, cardOf)].map(([card, ofKind]) => {
    const heading = card instanceof ServerCard ? [card.heading(t, names(t, ofKind), ofKind.length)] : [];
    const lines = ofKind.filter((each) => best.has(each)).map((each) => `• ${lineOf(t, each)}`);
    return [...heading.map((text) => `**${text}**`), ...lines].join('\n');
  });
  const open = customId('announcementsPage', 0, ANYBODY, messageId);
  return {
    body: {
      ...pings([]),
      embeds: [
        {
          color: RARITY_COLOURS.epic,
          title: t('announcements:digest.title'),
          description: sections.join('\n\n'),
          timestamp: timestampOf(announcements),
        },
      ],
      components: buttonRows<Button | LinkButton>([
        button(open, t('announcements:digest.all', { count: announcements.length })),
      ]),
    },
    shown: [...best].map(({ id }) => id),
    counted: byWorth.filter((each) => !best.has(each)).map(({ id }) => id),
  };
}

/** The first two by name, the others by their number. */
function names(t: Translate, announcements: readonly Announcement[]): string {
  const people = [...new Set(announcements.map(({ userId }) => userId))];
  const [first = '', second = ''] = people.map((id) => userMention(id));
  if (people.length === 1) return first;
  if (people.length === 2) return t('announcements:digest.two', { first, second });
  return t('announcements:digest.more', { first, second, count: people.length - 2 });
}

/** An announcement in one line. */
export function lineOf(t: Translate, announcement: Announcement): string {
  return shorten(cardOf(announcement).line(t, announcement).replaceAll('\n', ' '), LONGEST_LINE);
}

/** The name and the picture under which somebody is known in their server, as far as they have ever played there. */
function byMaker({ guildId, userId }: Announcement): Pick<APIEmbed, 'author'> {
  const { game, world } = container;
  const { name, avatar } = game.players.portrait(world.reader, { guildId, userId });
  if (name === null) return {};
  return { author: avatar === null ? { name } : { name, icon_url: avatar } };
}

/** In direct messages the last card says which server it is about. */
function inDirectMessage(embeds: readonly APIEmbed[], { guildId }: Announcement): APIEmbed[] {
  const name = container.serverDirectory.server(guildId)?.name;
  return embeds.map((embed, index) =>
    index === embeds.length - 1 && name !== undefined ? { ...embed, footer: { text: name } } : embed,
  );
}

/** The way from a direct message to where it all began. */
function linkBack(announcements: readonly Announcement[]): LinkButton[] {
  const [last] = announcements.slice(-1);
  if (!last) return [];
  const label = speakTo(last)('announcements:direct.link');
  const url = channelLink(last.channelId, last.guildId);
  return [{ type: ComponentType.Button, style: ButtonStyle.Link, label: shorten(label, 80), url }];
}

/** Mentions those who asked to be pinged, and keeps everybody else from being it. */
function pings(announcements: readonly Announcement[]) {
  const asked = announcements
    .filter(({ pings, outletId }) => pings && recipientOf(outletId) === undefined)
    .map(({ userId }) => userId);
  const users = [...new Set(asked)].slice(0, MOST_PINGED);
  if (users.length === 0) return { allowed_mentions: { parse: [] } };
  return { content: users.map((id) => userMention(id)).join(' '), allowed_mentions: { parse: [], users } };
}

function unique(buttons: readonly Button[]): Button[] {
  return [...new Map(buttons.map((each) => [each.custom_id, each])).values()];
}

function timestampOf(announcements: readonly Announcement[]): string {
  return new Date(Math.max(...announcements.map(({ occurredAt }) => occurredAt))).toISOString();
}

/** The words for whom it is for: in a player's own language, else in that of their server. */
function speakTo({ audience, guildId, userId }: Announcement): Translate {
  const { serverDirectory, game, world } = container;
  const own = audience === 'player' ? game.players.portrait(world.reader, { guildId, userId }).locale : null;
  return translator(languageFor(own ?? serverDirectory.server(guildId)?.preferredLocale));
}
