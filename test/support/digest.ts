/** A kind of announcements in a digest, as somebody reads it. */
export interface DigestSection {
  /** What is said of all of them; undefined where there is one only. */
  readonly heading: string | undefined;
  /** How many there are, as the heading says. */
  readonly count: number;
  /** Those that are shown. */
  readonly lines: readonly string[];
  /** How many more there are, as is said below them. */
  readonly more: number;
}

/** Reads a digest as a person would, in any language: by what is bold, what has a bullet, and the numbers. */
export function readDigest(description: string): DigestSection[] {
  return description.split('\n\n').map((section) => {
    const all = section.split('\n');
    const [first = ''] = all;
    const heading = /^\*\*(.*)\*\*$/.exec(first)?.[1];
    const lines = all.filter((line) => line.startsWith('• ')).map((line) => line.slice(2));
    const others = all.filter((line) => !line.startsWith('• ') && line !== `**${heading}**`);
    const more = others.map(lastNumber).reduce((sum, number) => sum + number, 0);
    return { heading, count: heading === undefined ? lines.length : lastNumber(heading), lines, more };
  });
}

/** The last number of a text that is no part of a mention. */
function lastNumber(text: string): number {
  const [last] = [...text.replaceAll(/<@\d+>/g, '').matchAll(/\d[\d.,]*/g)].slice(-1);
  if (!last) throw new Error(`There is no number in "${text}".`);
  return Number(last[0].replaceAll(/[.,]/g, ''));
}
