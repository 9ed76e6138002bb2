import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { safeLink } from '../links.ts';

/** A file to be saved, with how large it is where that is known. */
export function fileItem(url: unknown, name: string, size: number | undefined) {
  return html`<p class="file">📄 <a href=${ifDefined(safeLink(url))} download=${name}>${name}</a> ${size === undefined ? nothing : html`<small>${bytes(size)}</small>`}</p>`;
}

function bytes(size: number): string {
  return size < 1024 ? `${size} B` : `${(size / 1024).toFixed(1)} KB`;
}
