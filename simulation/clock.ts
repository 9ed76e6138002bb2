import type { Clock } from '../src/world/clock.ts';

/** A clock that jumps from event to event. */
export class SimulatedClock implements Clock {
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  toMachineTime(worldTime: number): number {
    return worldTime;
  }

  /** Time never goes back: what was due earlier happens now. */
  jumpTo(moment: number): void {
    this.#now = Math.max(this.#now, moment);
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
