import { DateTime, IANAZone } from 'luxon';
import { refuse } from '../game/refusal.ts';
import type { Choice } from './choices.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    unknownTimeZone: { readonly asked: string };
  }
}

/** Every zone there is. `Intl` leaves the simplest one out. */
const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/**
 * The zones to pick from while typing, with the time that it is there.
 *
 * @param first comes before all others
 * @param now milliseconds since 1970, UTC
 */
export function timeZoneChoices(first: string, now: number): Choice[] {
  return [...new Set([first, ...ZONES])].map((zone) => ({
    // Each word of it can be what somebody types: `berlin`, `new york`.
    name: zone.replaceAll(/[/_]/g, ' '),
    // Asked for only of those that are shown: what time it is in all of them takes long to find out.
    get label() {
      return `${zone} · ${DateTime.fromMillis(now, { zone }).toFormat('HH:mm')}`;
    },
    value: zone,
  }));
}

/**
 * The zone that somebody picked or typed: by its name, by one of its older or newer ones, or by its city alone.
 *
 * @throws Refusal unknownTimeZone
 */
export function parseTimeZone(text: string): string {
  const asked = text.trim().replaceAll(' ', '_').toLowerCase();
  const isNamed = (zone: string) => zone.toLowerCase() === asked;
  const isOfCity = (zone: string) => zone.toLowerCase().endsWith(`/${asked}`);
  const zone = ZONES.find(isNamed) ?? ZONES.find(isOfCity);
  if (zone !== undefined && asked !== '') return zone;
  return IANAZone.isValidZone(text.trim()) ? text.trim() : refuse('unknownTimeZone', { asked: text });
}
