import { wordsFor } from './server.ts';
import { changed, state } from './state.ts';

/** How long a notice stands over the messages: time enough to read it twice. */
const STANDS_MS = 12_000;

let going: ReturnType<typeof setTimeout> | undefined;

/** Says something to who uses the page, for a while. */
export function notice(words: string): void {
  state.notice = words;
  changed();
  letStand();
}

/** Takes the notice away. */
export function dropNotice(): void {
  clearTimeout(going);
  state.notice = '';
  changed();
}

/** Says what went wrong. What was clicked is drawn again as it is. */
export function say(error: unknown): void {
  notice(wordsFor(error));
}

/** Lets the notice go after a while, but not from under the mouse or the keyboard. */
function letStand(): void {
  clearTimeout(going);
  going = setTimeout(() => {
    const isInUse = document.querySelector('.notice')?.matches(':focus-within, :hover');
    if (isInUse) letStand();
    else dropNotice();
  }, STANDS_MS);
}
