import { h } from './dom.js';

const COLOURS = ['#b45309', '#0f766e', '#6d28d9', '#be123c', '#1d4ed8', '#4d7c0f', '#a21caf'];

/** A round picture made of the first letter of a name. */
export function avatar(person) {
  const number = [...person.id].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 9973, 7);
  const background = person.bot ? '#334155' : COLOURS[number % COLOURS.length];
  return h(
    'span',
    { class: 'avatar', style: { background }, 'aria-hidden': 'true' },
    person.bot ? '⚒' : person.name.slice(0, 1),
  );
}
