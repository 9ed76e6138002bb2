import { z } from 'zod';
import { definePreference, type PreferenceDefinition } from '../preferences/definitions.ts';
import type { AnnouncementKind } from './announcements.table.ts';

/** How a player can be notified of something. */
export const WAYS = [
  /** In the channel where it began, without a ping. */
  'quiet',
  /** In the channel where it began, with a mention that pings. */
  'channel',
  /** By direct message. */
  'direct',
  'off',
] as const;

export type Way = (typeof WAYS)[number];

const waySchema = z.enum(WAYS);

/** How who chooses nothing is notified of what isn't told quietly where it began. */
const DEFAULTS: { readonly [Kind in AnnouncementKind]?: Way } = {
  // It comes by itself, and often: nobody is told who did not ask for it.
  engagement: 'off',
  // What was taken, and why, is nobody else's business.
  adjustment: 'direct',
};

/** What is nobody else's business: it is never told in a channel, not even where direct messages are closed. */
const PRIVATE: ReadonlySet<AnnouncementKind> = new Set(['adjustment']);

/** Whether something may be told only to whom it concerns, where nobody else reads it. */
export function isPrivate(kind: AnnouncementKind): boolean {
  return PRIVATE.has(kind);
}

/** The way that counts for something: what is private goes to nobody but them. */
export function wayFor(kind: AnnouncementKind, way: Way): Way {
  return isPrivate(kind) && way !== 'off' ? 'direct' : way;
}

const definitions = new Map<AnnouncementKind, PreferenceDefinition<Way>>();

/** The preference of players for how they are notified of one kind of thing. */
export function notificationWay(kind: AnnouncementKind): PreferenceDefinition<Way> {
  const known = definitions.get(kind);
  if (known) return known;
  const definition = definePreference<Way>({
    name: `notify:${kind}`,
    schema: waySchema,
    default: DEFAULTS[kind] ?? 'quiet',
  });
  definitions.set(kind, definition);
  return definition;
}
