const COLOURS = ['#b45309', '#0f766e', '#6d28d9', '#be123c', '#1d4ed8', '#4d7c0f', '#a21caf'];
const BOT_COLOUR = '#334155';

/** A round picture made of the first letter of a name, as an address: nothing is fetched from anywhere. */
export function avatarOf({
  id,
  name,
  bot,
}: {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
}): string {
  const number = [...id].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % 9973, 7);
  const background = bot ? BOT_COLOUR : COLOURS[number % COLOURS.length];
  const letter = bot ? '⚒' : ([...name][0] ?? '?').toUpperCase();
  const picture =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">' +
    `<rect width="40" height="40" fill="${background}"/>` +
    '<text x="20" y="27" font-family="system-ui,sans-serif" font-size="20" font-weight="700" ' +
    `text-anchor="middle" fill="#fff">${escaped(letter)}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
