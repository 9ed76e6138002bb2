import './elements.ts';
import './styles/index.css';
import { html, render } from 'lit';
import { start } from './actions.ts';
import { watchScroll } from './scroll.ts';
import { onChange, state } from './state.ts';
import { formatMoment } from './time.ts';
import { playFromAddress } from './tour/tour.ts';
import { shell } from './views/shell.ts';

/** How often times that are told as “in 3 minutes” are looked at. */
const TICK_MS = 500;

const root = document.createElement('div');
root.id = 'app';
document.body.append(root);

const keepsEnd = watchScroll();
onChange(() => keepsEnd(() => render(shell(), root)));
setInterval(tick, TICK_MS);

document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !state.placesShown) return;
  state.placesShown = false;
  render(shell(), root);
});

try {
  await start();
  playFromAddress();
} catch (error) {
  render(html`<p class="empty" role="alert">The playground cannot be shown: ${String(error)}</p>`, root);
}

function tick(): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>('time[data-style="R"]')) {
    const words = formatMoment(new Date(element.dateTime), 'R');
    if (element.textContent !== words) element.textContent = words;
  }
}
