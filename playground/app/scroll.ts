import { state } from './state.ts';

/** How near to the end counts as at the end, in pixels. */
const NEAR = 80;

/** Whether the end is looked at, and is to stay in sight. */
let isAtEnd = true;
/** How far down one was, and of how much, when this was last known. */
let last = { top: 0, height: 0 };

/**
 * Keeps the newest message in sight for who was looking at it, and leaves those alone who read further up.
 *
 * @returns what draws the page, given how
 */
export function watchScroll(): (draw: () => void) => void {
  let channelId = '';
  document.addEventListener('scroll', scrolled, { capture: true, passive: true });
  // Messages get their height after they were drawn: the components draw themselves, and pictures come late.
  const observer = new ResizeObserver(keepEnd);
  return (draw) => {
    if (state.channelId !== channelId) isAtEnd = true;
    channelId = state.channelId;
    draw();
    keepEnd();
    for (const id of ['messages', 'scroll']) {
      const element = document.getElementById(id);
      if (element) observer.observe(element);
    }
  };
}

/** From now on the newest message is in sight: one has said something oneself. */
export function showEnd(): void {
  isAtEnd = true;
  keepEnd();
}

/** From now on what is looked at stays in sight, whatever comes below it: one goes to a message further up. */
export function leaveEnd(): void {
  isAtEnd = false;
}

function keepEnd(): void {
  const scroll = document.getElementById('scroll');
  if (!scroll) return;
  if (isAtEnd) scroll.scrollTop = scroll.scrollHeight;
  last = { top: scroll.scrollTop, height: scroll.scrollHeight };
}

/**
 * Whoever goes up leaves the end, and whoever comes near it is there again. The browser tells of a movement late: by then
 * there may be more below, which is no sign that anybody has left.
 */
function scrolled({ target }: Event): void {
  if (!(target instanceof HTMLElement) || target.id !== 'scroll') return;
  const { scrollTop: top, scrollHeight: height, clientHeight } = target;
  const isNear = height - top - clientHeight < NEAR;
  const wentUp = top < last.top && height === last.height;
  if (isNear) isAtEnd = true;
  else if (wentUp) isAtEnd = false;
  last = { top, height };
}
