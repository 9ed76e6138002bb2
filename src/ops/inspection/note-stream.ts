import type { Note } from './notes.ts';

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
  #onTheirWay = 0;
  #left = 0;

  constructor(parent: ParentChannel) {
    this.#parent = parent;
  }

  /** Sends a note, or leaves it out while too many are on their way; an answer is never left out. */
  send(note: Note): void {
    if (this.#onTheirWay >= MOST_ON_THEIR_WAY && note.kind !== 'answer') {
      this.#left++;
      return;
    }
    if (this.#left > 0) {
      const gap: Note = { kind: 'gap', left: this.#left };
      this.#left = 0;
      this.#write(gap);
    }
    this.#write(note);
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
