import { type APIEmbed, ButtonStyle } from 'discord.js';
import type { ItemAmount } from '../../game/content/catalog.ts';
import type { PlaceChoice } from '../../game/gathering/gathering.ts';
import type { Trip } from '../../game/gathering/trips.table.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { duration } from '../duration.ts';
import { relativeTime } from '../in-words.ts';
import { fitLines } from '../shorten.ts';
import { amounts, itemName, placeName, type Translate } from '../translate.ts';

/** Discord's limit for the description of an embed ("Embed Limits"), with room for the rest of it. */
const LONGEST_DESCRIPTION = 4_000;

/** The green of the woods. */
const TRIP_COLOUR = 0x5a8f5a;

/**
 * The answer to setting out: where to, for how long, and what to hope for.
 *
 * @param without what an earlier trip took along and this one could not
 */
export function tripStartedView(t: Translate, trip: Trip, without: readonly ItemAmount[] = []) {
  const title = t('gathering:started.title', { place: placeName(t, trip.placeId) });
  const note = without.length > 0 ? t('gathering:started.without', { items: amounts(t, without) }) : '';
  return tripView(t, trip, title, note);
}

/** The trip that somebody is on. */
export function tripUnderWayView(t: Translate, trip: Trip) {
  return tripView(t, trip, t('gathering:underWay.title', { place: placeName(t, trip.placeId) }));
}

/** Where somebody could go, and where not yet. */
export function placesView(t: Translate, choices: readonly PlaceChoice[]): { embeds: APIEmbed[] } {
  const open = choices.filter(({ levelReached }) => levelReached);
  const [next, ...later] = choices.filter(({ levelReached }) => !levelReached);
  const lines = [...open, ...(next ? [next] : [])].map((choice) => placeLine(t, choice));
  if (later.length > 0) lines.push(t('gathering:places.later', { count: later.length }));
  const embed: APIEmbed = {
    color: TRIP_COLOUR,
    title: t('gathering:places.title'),
    description: fitLines(lines, LONGEST_DESCRIPTION, (left) => t('gathering:places.more', { count: left })),
    footer: { text: t('gathering:places.hint') },
  };
  return { embeds: [embed] };
}

/** Asks before a trip is given up: nothing will be found. */
export function turnBackView(t: Translate, { id, placeId, promise, returnsAt }: Trip) {
  const lines = [
    t('gathering:turnBack.question', { place: placeName(t, placeId) }),
    promise.supplies.length > 0
      ? t('gathering:turnBack.supplies', { items: amounts(t, promise.supplies) })
      : '',
    t('gathering:turnBack.otherwise', { when: relativeTime(returnsAt) }),
  ];
  const buttons = [
    button(customId('confirmTurnBack', id), t('gathering:turnBack.confirm'), ButtonStyle.Danger),
    button(customId('keepGathering', id), t('gathering:turnBack.keep')),
  ];
  return { content: lines.filter((line) => line !== '').join('\n'), components: buttonRows(buttons) };
}

/** Says that a trip was given up. */
export function turnedBackView(t: Translate, { placeId }: Trip) {
  return { content: t('gathering:turnBack.done', { place: placeName(t, placeId) }), components: [] };
}

function tripView(t: Translate, { id, placeId, returnsAt, promise }: Trip, title: string, note = '') {
  const { finds, supplies, bonus, xp } = promise;
  const lines = [
    t('gathering:trip.returns', { when: relativeTime(returnsAt) }),
    t('gathering:trip.finds', { items: finds.map(({ itemId }) => itemName(t, itemId)).join(', ') }),
    supplies.length > 0 ? t('gathering:trip.supplies', { items: amounts(t, supplies) }) : '',
    bonus > 0 ? t('gathering:trip.bonus', { percent: percent(bonus) }) : '',
    xp > 0 ? t('gathering:trip.reward', { xp }) : '',
    note,
  ];
  const embed: APIEmbed = {
    color: TRIP_COLOUR,
    title,
    description: lines.filter((line) => line !== '').join('\n'),
    footer: { text: t(`places:${placeId}.description`) },
  };
  const turnBack = button(customId('turnBack', id), t('gathering:turnBack.button'));
  return { embeds: [embed], components: buttonRows([turnBack]) };
}

function placeLine(t: Translate, choice: PlaceChoice): string {
  const { place, levelReached } = choice;
  if (!levelReached) {
    return t('gathering:places.locked', { place: placeName(t, place.id), level: place.level });
  }
  const line = t('gathering:places.open', {
    place: placeName(t, place.id),
    duration: duration(t, choice.duration),
    items: Object.keys(place.finds)
      .map((itemId) => itemName(t, itemId))
      .join(', '),
  });
  if (!place.supplies) return line;
  const { item, bonus } = place.supplies;
  const supplies = t('gathering:places.supplies', { item: itemName(t, item), percent: percent(bonus) });
  return `${line}\n${supplies}`;
}

function percent(part: number): number {
  return Math.round(part * 100);
}
