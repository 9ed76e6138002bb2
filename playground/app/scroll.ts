import { state } from './state.ts';

/** How near to the end counts as at the end, in pixels. */
const NEAR = 80;

/**
 * Keeps the newest message in sight for who was looking at it, and leaves those alone who read further up.
 *
 * @returns what draws the page, given how
 */
export function watchScroll(): (draw: () => void) => void {
  let isAtEnd = true;
  let channelId = '';
  const toEnd = () => {
    const scroll = document.getElementById('scroll');
    if (scroll && isAtEnd) scroll.scrollTop = scroll.scrollHeight;
  };
  // Messages get their height after they were drawn: the components draw themselves, and pictures come late.
  const observer = new ResizeObserver(toEnd);
  return (draw) => {
    const before = document.getElementById('scroll');
    if (before) isAtEnd = before.scrollHeight - before.scrollTop - before.clientHeight < NEAR;
    if (state.channelId !== channelId) isAtEnd = true;
    channelId = state.channelId;
    draw();
    toEnd();
    const messages = document.getElementById('messages');
    if (messages) observer.observe(messages);
  };
}
