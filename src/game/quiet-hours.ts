import { IANAZone } from 'luxon';
import { z } from 'zod';

const MINUTE = 60_000;
const MINUTES_OF_DAY = 24 * 60;

/** A time of the day, in minutes after midnight. */
const timeOfDay = z
  .int()
  .min(0)
  .max(MINUTES_OF_DAY - 1);

/** When a server wants no announcements, each day by its own clock. They may reach over midnight. */
export const quietHoursSchema = z
  .object({
    from: timeOfDay,
    until: timeOfDay,
    /** Such as `Europe/Berlin`. */
    timeZone: z.string().refine((zone) => IANAZone.isValidZone(zone), 'an IANA time zone'),
  })
  .refine(({ from, until }) => from !== until, 'a beginning and an end that differ');

export type QuietHours = z.output<typeof quietHoursSchema>;

/**
 * When the quiet hours that a moment falls into are over: the first moment from then on at which a clock on the wall
 * there is not within them. On a night on which clocks change, that can be when they do.
 *
 * @param moment milliseconds since 1970, UTC
 * @returns the same moment where it isn't in them
 */
export function endOfQuiet({ from, until, timeZone }: QuietHours, moment: number): number {
  const zone = IANAZone.create(timeZone);
  let now = moment;
  for (;;) {
    const minute = minuteOfDay(zone, now);
    const isQuiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
    if (!isQuiet) return now;
    const startOfMinute = now - (now % MINUTE);
    const end = startOfMinute + ((until - minute + MINUTES_OF_DAY) % MINUTES_OF_DAY) * MINUTE;
    now = nextChange(zone, now, end) ?? end;
  }
}

function minuteOfDay(zone: IANAZone, moment: number): number {
  const minute = Math.floor(moment / MINUTE) + zone.offset(moment);
  return ((minute % MINUTES_OF_DAY) + MINUTES_OF_DAY) % MINUTES_OF_DAY;
}

/** When a zone's clocks change next; undefined where they don't up to then. They never do twice within a day. */
function nextChange(zone: IANAZone, after: number, upTo: number): number | undefined {
  const offset = zone.offset(after);
  if (zone.offset(upTo) === offset) return undefined;
  let before = after;
  let changed = upTo;
  while (changed - before > 1) {
    const middle = Math.floor((before + changed) / 2);
    if (zone.offset(middle) === offset) before = middle;
    else changed = middle;
  }
  return changed;
}
