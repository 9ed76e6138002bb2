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
  // Somebody scrolls. That there is more to see is no event of this kind.
  const scrolled = ({ target }: Event) => {
    if (!(target instanceof HTMLElement) || target.id !== 'scroll') return;
    isAtEnd = target.scrollHeight - target.scrollTop - target.clientHeight < NEAR;
  };
  document.addEventListener('scroll', scrolled, { capture: true, passive: true });
  // Messages get their height after they were drawn: the components draw themselves, and pictures come late.
  const observer = new ResizeObserver(toEnd);
  return (draw) => {
    if (state.channelId !== channelId) isAtEnd = true;
    channelId = state.channelId;
    draw();
    toEnd();
    for (const id of ['messages', 'scroll']) {
      const element = document.getElementById(id);
      if (element) observer.observe(element);
    }
  };
}
