/** Tells the time of the world. Everything that asks for the time is given one of these (never `Date.now()`). */
export interface Clock {
  /** Milliseconds since 1970, UTC, as the world counts them. */
  now(): number;
  /** Translates a moment of the world into the machine's own time, which is what PostgreSQL compares with. */
  toMachineTime(worldTime: number): number;
}

/**
 * The machine's clock, moved by a fixed offset.
 *
 * @param offset milliseconds that the world is ahead of the machine; 0 outside of tests and the playground
 */
export function systemClock(offset = 0): Clock {
  return {
    now: () => Date.now() + offset,
    toMachineTime: (worldTime) => worldTime - offset,
  };
}
