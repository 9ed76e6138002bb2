import { h } from './dom.js';

const FORMATS = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** A time in one of Discord's styles; `R` counts. */
export function timestamp(seconds, style = 'f') {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return document.createTextNode('an invalid time');
  return h(
    'time',
    { datetime: at.toISOString(), title: format(at, 'F'), class: 'stamp', data: { seconds, style } },
    style === 'R' ? fromNow(seconds) : format(at, style),
  );
}

/** When something was said. */
export function clock(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return h('time', { datetime: iso, title: format(at, 'F'), class: 'clock' }, format(at, today ? 't' : 'f'));
}

function format(at, style) {
  return new Intl.DateTimeFormat('en-GB', FORMATS[style] ?? FORMATS.f).format(at);
}

function fromNow(seconds) {
  const away = seconds - Date.now() / 1000;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(away) >= size) ?? ['second', 1];
  return relative.format(Math.trunc(away / length), unit);
}

setInterval(() => {
  for (const element of document.querySelectorAll('time[data-style="R"]')) {
    const words = fromNow(Number(element.dataset.seconds));
    if (element.textContent !== words) element.textContent = words;
  }
}, 500);
