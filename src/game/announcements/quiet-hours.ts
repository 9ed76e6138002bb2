import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';

/** A time of the day, in minutes after midnight. */
const timeOfDay = z
  .int()
  .min(0)
  .max(24 * 60 - 1);

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
 * When the quiet hours that a moment falls into are over.
 *
 * @param moment milliseconds since 1970, UTC
 * @returns the same moment where it isn't in them
 */
export function endOfQuiet({ from, until, timeZone }: QuietHours, moment: number): number {
  const local = DateTime.fromMillis(moment, { zone: timeZone });
  const minute = local.hour * 60 + local.minute;
  const isQuiet = from < until ? minute >= from && minute < until : minute >= from || minute < until;
  if (!isQuiet) return moment;
  const day = minute < until ? local : local.plus({ days: 1 });
  // On a day on which clocks change the end is that of the clock on the wall.
  const end = day.set({ hour: Math.floor(until / 60), minute: until % 60, second: 0, millisecond: 0 });
  return Math.max(end.toMillis(), moment);
}
