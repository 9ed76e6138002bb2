/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Prints one line of a benchmark. */
export function report(what: string, figures: Readonly<Record<string, string | number>>): void {
  const texts = Object.entries(figures).map(([name, figure]) => {
    return `${name} ${typeof figure === 'number' ? Number(figure.toPrecision(3)).toLocaleString('en-US') : figure}`;
  });
  console.log(`  ${what.padEnd(44)} ${texts.join('   ')}`);
}
