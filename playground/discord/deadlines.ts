interface Deadline {
  readonly at: number;
  readonly run: () => void;
  timer?: NodeJS.Timeout;
}

/**
 * Things that happen at a time of an injected clock. A real timer only wakes this up; whether the time has come
 * is asked of the clock. A test that moves its clock calls {@link settle} instead of waiting.
 */
export class Deadlines {
  readonly #now: () => number;
  readonly #waiting = new Set<Deadline>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * @param at milliseconds since 1970
   * @returns a function that calls it off
   */
  set(at: number, run: () => void): () => void {
    const deadline: Deadline = { at, run };
    this.#waiting.add(deadline);
    this.#arm(deadline);
    return () => this.#forget(deadline);
  }

  /** Runs everything whose time has come. */
  settle(): void {
    const due = [...this.#waiting].filter((deadline) => deadline.at <= this.#now());
    for (const deadline of due.sort((left, right) => left.at - right.at)) {
      this.#forget(deadline);
      deadline.run();
    }
  }

  /** Forgets everything. */
  clear(): void {
    for (const deadline of [...this.#waiting]) this.#forget(deadline);
  }

  #arm(deadline: Deadline): void {
    const wait = Math.max(1, deadline.at - this.#now());
    deadline.timer = setTimeout(() => this.#wake(deadline), wait);
    deadline.timer.unref();
  }

  #wake(deadline: Deadline): void {
    if (this.#now() < deadline.at) {
      this.#arm(deadline);
      return;
    }
    this.#forget(deadline);
    deadline.run();
  }

  #forget(deadline: Deadline): void {
    clearTimeout(deadline.timer);
    this.#waiting.delete(deadline);
  }
}
