import { container } from '@sapphire/framework';
import { type APIEmbed, ButtonStyle, ComponentType, channelLink, userMention } from 'discord.js';
import type {
  Announcement,
  AnnouncementKind,
  Audience,
} from '../../game/announcements/announcements.table.ts';
import type { Compose, Composed } from '../../game/announcements/channel-messages.ts';
import { isDirect } from '../../game/announcements/outlet.ts';
import type { Card } from '../../pieces/card.ts';
import { ServerCard } from '../../pieces/server-card.ts';
import { type Button, type ButtonRow, button, buttonRows, type LinkButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { personName } from '../person.ts';
import { translatorFor } from '../server-language.ts';
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

/** Control characters, among them those that turn the direction of writing: they would reach beyond the name they are in. */
const INVISIBLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Stands where a button's reader would: whoever presses it gets a page of their own. */
export const ANYBODY = 'anybody';

/**
 * The message that tells these announcements: a few as a card each; many to the server as a digest with the best of
 * them; many to players as a line each, until it is full. Nobody is pinged who did not ask for it.
 */
export const composeMessage: Compose = (announcements, messageId) => {
  const [first] = announcements;
  const audience = first?.audience ?? 'server';
  if (audience === 'server' && isMuch(announcements)) return digest(announcements, messageId);
  const told = tell(announcements);
  const body = first !== undefined && isDirect(first.outletId) ? directMessage(told) : channelMessage(told);
  return { body, shown: told.announcements.map(({ id }) => id), counted: [] };
};

/** What a player is shown from their inbox: as many cards or lines as fit. */
export function inboxView(t: Translate, announcements: readonly Announcement[]) {
  const told = tell(announcements);
  const left = announcements.length - told.announcements.length;
  const content = [
    t('announcements:inbox.title', { count: told.announcements.length }),
    ...(left > 0 ? [t('announcements:inbox.more', { count: left })] : []),
  ].join('\n');
  return {
    shown: told.announcements.map(({ id }) => id),
    view: {
      content,
      embeds: told.embeds,
      components: buttonRows(told.buttons),
      allowedMentions: { parse: [] },
    },
  };
}

/** How announcements of this kind look. */
export function cardOf({ subject }: Announcement): Card<AnnouncementKind> {
  const card = container.stores.get('cards').get(subject.kind);
  if (card) return card;
  throw new Error(`There is no card for announcements of the kind "${subject.kind}".`);
}

/** A message as Discord takes it. */
interface Body extends Record<string, unknown> {
  readonly content?: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly ButtonRow<Button | LinkButton>[];
  readonly allowed_mentions: object;
}

/** What is told, wherever that will be. */
interface Told {
  /** Those that fit. */
  readonly announcements: readonly Announcement[];
  readonly embeds: readonly APIEmbed[];
  readonly buttons: readonly Button[];
}

function isMuch(announcements: readonly Announcement[]): boolean {
  return announcements.length > MOST_CARDS[announcements[0]?.audience ?? 'server'];
}

function tell(announcements: readonly Announcement[]): Told {
  return isMuch(announcements) ? list(announcements) : cards(announcements);
}

function cards(announcements: readonly Announcement[]): Told {
  const views = announcements.map((announcement) => {
    const card = cardOf(announcement);
    const { embed, buttons = [] } = card.render(speakTo(announcement), announcement);
    return { embed: card.audience === 'server' ? { ...byMaker(announcement), ...embed } : embed, buttons };
  });
  return {
    announcements,
    embeds: views.map(({ embed }) => embed),
    buttons: unique(views.flatMap(({ buttons }) => buttons)),
  };
}

/** One line each, as many as fit. */
function list(announcements: readonly Announcement[]): Told {
  const told: Announcement[] = [];
  let text = '';
  for (const announcement of announcements) {
    const line = lineOf(speakTo(announcement), announcement);
    if (text.length + line.length + 1 > LONGEST_LIST) break;
    text += text === '' ? line : `\n${line}`;
    told.push(announcement);
  }
  const embed = { color: RARITY_COLOURS.uncommon, description: text, timestamp: timestampOf(told) };
  return { announcements: told, embeds: [embed], buttons: [] };
}

/** Mentions those who asked to be pinged, and keeps everybody else from being it. */
function channelMessage({ announcements, embeds, buttons }: Told): Body {
  const asked = announcements.filter(({ pings }) => pings).map(({ userId }) => userId);
  const users = [...new Set(asked)].slice(0, MOST_PINGED);
  const components = buttonRows<Button | LinkButton>(buttons);
  if (users.length === 0) return { embeds, components, allowed_mentions: { parse: [] } };
  const headed = head(announcements, embeds);
  const missing = users.map((id) => userMention(id)).filter((mention) => !headed.content?.includes(mention));
  const content = [...missing, headed.content ?? []].flat().join(' ');
  return {
    content,
    embeds: headed.embeds,
    components,
    allowed_mentions: { parse: [], users },
  };
}

/** Says which server it is about. What players do is done there: a button here would come without one. */
function directMessage({ announcements, embeds }: Told): Body {
  const [first] = announcements;
  const server = first && container.serverDirectory.server(first.guildId)?.name;
  const headed = head(announcements, embeds);
  const t = first ? speakTo(first) : translator(languageFor(null));
  return {
    content: headed.content ?? t('announcements:direct.several', { count: announcements.length }),
    embeds: withFooter(headed.embeds, server),
    components: buttonRows<Button | LinkButton>(linkBack(announcements)),
    allowed_mentions: { parse: [] },
  };
}

/**
 * A phone that gets a message shows the text above the cards and nothing else: where there is one piece of news, that
 * text says it, and a player's card says the rest. A card that would be empty stays whole: by its time the message is
 * known again.
 */
function head(
  announcements: readonly Announcement[],
  embeds: readonly APIEmbed[],
): { readonly content: string | undefined; readonly embeds: readonly APIEmbed[] } {
  const [announcement, ...others] = announcements;
  const [embed] = embeds;
  if (!announcement || !embed || others.length > 0) return { content: undefined, embeds };
  const t = speakTo(announcement);
  const content = lineOf(t, announcement);
  const line = cardOf(announcement).line(t, announcement);
  const { description = '', ...rest } = embed;
  const canBeParted = line.length <= LONGEST_LINE && description.startsWith(line);
  if (announcement.audience !== 'player' || !canBeParted) return { content, embeds };
  const left = description.slice(line.length).trim();
  if (left !== '') return { content, embeds: [{ ...rest, description: left }] };
  return { content, embeds: rest.title === undefined ? embeds : [rest] };
}

/**
 * Who did what, how much of it there was, and the best of it. Each is shown by a line, or is one of the number that
 * stands over its kind.
 */
function digest(announcements: readonly Announcement[], messageId: string): Composed {
  const [first] = announcements;
  const t = first ? speakTo(first) : translator(languageFor(null));
  const byWorth = bestFirst(announcements);
  const best = new Set(byWorth.slice(0, BEST));
  const sections = [...Map.groupBy(byWorth, cardOf)].map(([card, ofKind]) => {
    // What is the only one of its kind says as much by itself as under a heading.
    const shown = ofKind.length === 1 ? ofKind : ofKind.filter((each) => best.has(each));
    return { shown, text: sectionText(t, card, ofKind, shown) };
  });
  const shown = new Set(sections.flatMap((section) => section.shown));
  const open = customId('announcementsPage', 0, ANYBODY, messageId);
  return {
    body: {
      allowed_mentions: { parse: [] },
      embeds: [
        {
          color: RARITY_COLOURS.epic,
          title: t('announcements:digest.title'),
          description: sections.map(({ text }) => text).join('\n\n'),
          timestamp: timestampOf(announcements),
        },
      ],
      components: buttonRows<Button | LinkButton>([
        button(open, t('announcements:digest.all', { count: announcements.length })),
      ]),
    },
    shown: [...shown].map(({ id }) => id),
    counted: byWorth.filter((each) => !shown.has(each)).map(({ id }) => id),
  };
}

/** Everything of one kind: who and how much in bold, the best of it, and how many more there were. */
function sectionText(
  t: Translate,
  card: Card<AnnouncementKind>,
  ofKind: readonly Announcement[],
  shown: readonly Announcement[],
): string {
  const lines = shown.map((each) => `• ${lineOf(t, each)}`);
  if (ofKind.length === 1 || !(card instanceof ServerCard)) return lines.join('\n');
  const heading = card.heading(t, names(t, ofKind), ofKind.length);
  const left = ofKind.length - shown.length;
  const isCutOff = left > 0 && shown.length > 0;
  const more = isCutOff ? [t('announcements:digest.left', { count: left })] : [];
  return [`**${heading}**`, ...lines, ...more].join('\n');
}

/**
 * The most valuable first. Of what is worth the same, something of everybody comes before the second of anybody, and
 * else what happened first.
 */
function bestFirst(announcements: readonly Announcement[]): Announcement[] {
  const soFar = new Map<string, number>();
  return announcements
    .map((announcement) => {
      const worth = cardOf(announcement).worth(announcement);
      const key = `${worth}/${announcement.userId}`;
      const before = soFar.get(key) ?? 0;
      soFar.set(key, before + 1);
      return { announcement, worth, before };
    })
    .sort((left, right) => right.worth - left.worth || left.before - right.before)
    .map(({ announcement }) => announcement);
}

/** The first two by name, the others by their number. */
function names(t: Translate, announcements: readonly Announcement[]): string {
  const people = [...new Set(announcements.map(({ userId }) => userId))];
  const [first = '', second = ''] = people.map((id) => personName(t, id));
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
  const shown = name?.replace(INVISIBLE, '').trim() ?? '';
  if (shown === '') return {};
  return { author: avatar === null ? { name: shown } : { name: shown, icon_url: avatar } };
}

/** The last card says where it all happened. */
function withFooter(embeds: readonly APIEmbed[], text: string | undefined): APIEmbed[] {
  return embeds.map((embed, index) =>
    index === embeds.length - 1 && text !== undefined ? { ...embed, footer: { text } } : embed,
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

function unique(buttons: readonly Button[]): Button[] {
  return [...new Map(buttons.map((each) => [each.custom_id, each])).values()];
}

function timestampOf(announcements: readonly Announcement[]): string {
  return new Date(Math.max(...announcements.map(({ occurredAt }) => occurredAt))).toISOString();
}

/** The words for whom it is for: in a player's own language, else in that of their server. */
function speakTo({ audience, guildId, userId }: Announcement): Translate {
  const { game, world } = container;
  const own = audience === 'player' ? game.players.portrait(world.reader, { guildId, userId }).locale : null;
  return own === null ? translatorFor(guildId) : translator(languageFor(own));
}
