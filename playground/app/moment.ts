import { html } from 'lit';
import { formatMoment } from './time.ts';

const TICK_MS = 500;

/** A moment in one of Discord's styles. With `R` it counts, see {@link keepCounting}. */
export function moment(at: Date, style: string) {
  // A property and not a child: what counts writes it too, and Lit must not hold on to the text from before.
  return html`<time
    datetime=${at.toISOString()}
    title=${formatMoment(at, 'F')}
    data-style=${style}
    .textContent=${formatMoment(at, style)}
  ></time>`;
}

/** Lets every moment that is told as “in 3 minutes” count. */
export function keepCounting(): void {
  setInterval(() => {
    for (const element of document.querySelectorAll<HTMLTimeElement>('time[data-style="R"]')) {
      const words = formatMoment(new Date(element.dateTime), 'R');
      if (element.textContent !== words) element.textContent = words;
    }
  }, TICK_MS);
}
