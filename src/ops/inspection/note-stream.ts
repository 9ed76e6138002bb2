import type { GapNote, Note } from './notes.ts';

/** What of this process reaches the one that started it; Node's own `process` has it. */
export interface ParentChannel {
  readonly connected: boolean;
  send?(
    message: unknown,
    handle: undefined,
    options: undefined,
    callback: (error: Error | null) => void,
  ): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
}

/** So many notes may be on their way; those that come while nobody reads are left out. */
export const MOST_ON_THEIR_WAY = 500;

/** Sends notes to the process that started this one. Never throws, never waits, and does not grow. */
export class NoteStream {
  readonly #parent: ParentChannel;
  readonly #runs: () => readonly number[];
  #onTheirWay = 0;
  #left = 0;

  /** @param runs says which runs of jobs are under way, by their numbers */
  constructor(parent: ParentChannel, runs: () => readonly number[]) {
    this.#parent = parent;
    this.#runs = runs;
  }

  /**
   * Sends a note, or leaves it out while too many are on their way; an answer is never left out.
   *
   * @returns whether it was sent
   */
  send(note: Note): boolean {
    if (this.#onTheirWay >= MOST_ON_THEIR_WAY && note.kind !== 'answer') {
      this.#left++;
      return false;
    }
    if (this.#left > 0) {
      const gap: GapNote = { kind: 'gap', left: this.#left, runs: this.#runs() };
      this.#left = 0;
      this.#write(gap);
    }
    this.#write(note);
    return true;
  }

  #write(note: Note): void {
    if (!this.#parent.connected) return;
    this.#onTheirWay++;
    // With a callback, a channel that has just been closed is no error of this process.
    this.#parent.send?.(note, undefined, undefined, () => {
      this.#onTheirWay--;
    });
  }
}
