import { wordsFor } from './server.ts';
import { changed, state } from './state.ts';

/** Says something to who uses the page. */
export function notice(words: string): void {
  state.notice = words;
  changed();
}

/** Says what went wrong. What was clicked is drawn again as it is. */
export function say(error: unknown): void {
  notice(wordsFor(error));
}
