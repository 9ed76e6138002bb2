/** The first millisecond of 2015, from which Discord counts (developer docs, "Snowflakes"). */
const DISCORD_EPOCH = 1_420_070_400_000n;
const SEQUENCE_BITS = 22n;

/**
 * A source of rising, time-based Discord ids. Ids made after a restart do not repeat earlier ones as long as
 * `now` does not run backwards over the restart; within a run they rise even when it does.
 *
 * @param now the time in milliseconds since 1970
 */
export function snowflakeSource(now: () => number): () => string {
  let last = 0n;
  return () => {
    const earliest = (BigInt(Math.floor(now())) - DISCORD_EPOCH) << SEQUENCE_BITS;
    last = earliest > last ? earliest : last + 1n;
    return last.toString();
  };
}

/** The time, in milliseconds since 1970, at which an id was made. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) >> SEQUENCE_BITS) + DISCORD_EPOCH);
}
