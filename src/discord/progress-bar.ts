const LENGTH = 12;

/** How far something has come, as a row of signs; full only when it is done. */
export function progressBar(value: number, goal: number): string {
  const filled = Math.max(0, Math.min(LENGTH, Math.floor((value / goal) * LENGTH)));
  return '▰'.repeat(filled) + '▱'.repeat(LENGTH - filled);
}
