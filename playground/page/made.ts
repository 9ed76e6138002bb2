/** Something that takes its time to be made: made when it is wanted, for everybody, and never twice at once. */
export class Made<Thing> {
  readonly #make: () => Promise<Thing>;
  #current: Promise<Thing> | undefined;
  /** Fulfilled when nothing is being made, also of what was forgotten. */
  #atRest: Promise<unknown> = Promise.resolve();

  constructor(make: () => Promise<Thing>) {
    this.#make = make;
  }

  /** @throws what making it threw; the next one who wants it lets it be made again */
  get(): Promise<Thing> {
    if (this.#current) return this.#current;
    const made = this.#atRest.then(() => this.#make());
    this.#current = made;
    this.#atRest = made.catch(() => {
      if (this.#current === made) this.#current = undefined;
    });
    return made;
  }

  /** The next one who wants it gets it made anew. */
  forget(): void {
    this.#current = undefined;
  }
}
