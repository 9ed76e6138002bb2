import { refuse } from '../game/refusal.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    unreadableTime: { readonly asked: string };
  }
}

/** Hours, and minutes after a colon or a dot. */
const WRITTEN = /^(\d{1,2})(?:[:.](\d{2}))?$/;

const MINUTES_OF_DAY = 24 * 60;

/**
 * Reads a time of the day: `22:00`, `22.30`, `7`. Midnight is `0:00` or `24:00`.
 *
 * @returns minutes after midnight
 * @throws Refusal unreadableTime
 */
export function parseTimeOfDay(text: string): number {
  const [, hours = '', minutes = '0'] = WRITTEN.exec(text.trim()) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  const isTime = hours !== '' && Number(minutes) < 60 && minute <= MINUTES_OF_DAY;
  return isTime ? minute % MINUTES_OF_DAY : refuse('unreadableTime', { asked: text });
}

/** Minutes after midnight as people write them: `07:00`. */
export function formatTimeOfDay(minute: number): string {
  const parts = [Math.floor(minute / 60), minute % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
