const FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** Seconds of each unit, the longest first. */
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const EXACT = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const DAY = 86_400_000;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** A moment in one of Discord's styles ("Message Formatting", timestamp styles); `R` is away from now. */
export function formatMoment(at: Date, style: string): string {
  if (style === 'R') return fromNow(at.getTime());
  return new Intl.DateTimeFormat('en-GB', FORMATS[style] ?? FORMATS['f']).format(at);
}

/** How far a moment is from now, in words: `in 3 minutes`. */
function fromNow(at: number): string {
  const away = (at - Date.now()) / 1000;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(away) >= size) ?? (['second', 1] as const);
  return relative.format(Math.trunc(away / length), unit);
}

/** When something was said, as Discord writes it beside the author's name. */
export function saidAt(iso: string): string {
  const at = new Date(iso);
  const time = formatMoment(at, 't');
  const days = Math.round((startOfDay(new Date()) - startOfDay(at)) / DAY);
  if (days === 0) return `Today at ${time}`;
  if (days === 1) return `Yesterday at ${time}`;
  return `${formatMoment(at, 'd')} ${time}`;
}

/** A moment of the day to the millisecond, for the timeline, by the same clock as in messages: `14:02:07.350`. */
export function exactly(at: number): string {
  return EXACT.format(at);
}

/** A span in words short enough for a column: `0.4 ms`, `35 ms`, `2.1 s`, `3 min`. */
export function span(milliseconds: number): string {
  if (milliseconds < 1) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  if (milliseconds < 3_600_000) return `${Math.round(milliseconds / 60_000)} min`;
  return `${(milliseconds / 3_600_000).toFixed(1)} h`;
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
