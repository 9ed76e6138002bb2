/** Cuts a text to so many characters as Discord counts them, never through the middle of one. */
export function shorten(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}

/**
 * Puts as many lines into one text as fit.
 *
 * @param more says how many did not; it has room of its own
 */
export function fitLines(lines: readonly string[], longest: number, more: (left: number) => string): string {
  let text = lines.join('\n');
  for (let shown = lines.length - 1; [...text].length > longest && shown >= 0; shown--) {
    text = [...lines.slice(0, shown), more(lines.length - shown)].join('\n');
  }
  return text;
}
