import './elements.ts';
import './styles/index.css';
import { html, render } from 'lit';
import { keepFocus, typeAnywhere } from './focus.ts';
import { keepCounting } from './moment.ts';
import { watchScroll } from './scroll.ts';
import { onChange } from './state.ts';
import { playFromAddress } from './tour/tour.ts';
import { closeOverlay, shell } from './views/shell.ts';
import { start } from './visit.ts';

const root = document.createElement('div');
root.id = 'app';
document.body.append(root);

const keepsEnd = watchScroll();
onChange(() => keepsEnd(() => keepFocus(() => render(shell(), root))));
keepCounting();
typeAnywhere();

document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') closeOverlay();
});

try {
  // Entering a place takes it off the address: a reload does not play it again.
  const { search } = location;
  await start();
  playFromAddress(search);
} catch (error) {
  render(html`<p class="empty" role="alert">The playground cannot be shown: ${String(error)}</p>`, root);
}
