import type { APIEmbed } from 'discord-api-types/v10';
import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { safeLink, safePicture } from '../links.ts';
import { inline, markdown, type Names } from '../markdown.ts';
import { hex } from '../state.ts';
import { saidAt } from '../time.ts';

/** An embed as a card. */
export function embed(card: APIEmbed, names: Names) {
  const { color, title, url, description, author, fields = [], footer, image, thumbnail, timestamp } = card;
  return html`
    <discord-embed
      slot="embeds"
      color=${ifDefined(color === undefined ? undefined : hex(color))}
      author-name=${ifDefined(author?.name)}
      author-url=${ifDefined(safeLink(author?.url))}
      author-image=${ifDefined(safePicture(author?.icon_url))}
      image=${ifDefined(safePicture(image?.url))}
      thumbnail=${ifDefined(safePicture(thumbnail?.url))}
    >
      <discord-embed-description slot="description">
        ${title === undefined ? nothing : html`<p class="embed-title">${linked(url, inline(title, names))}</p>`}
        ${description === undefined ? nothing : html`<div class="text">${markdown(description, names)}</div>`}
      </discord-embed-description>
      ${fields.length === 0 ? nothing : html`<div slot="fields" class="fields">${fields.map((each) => field(each, names))}</div>`}
      ${footer || timestamp ? foot(footer, timestamp) : nothing}
    </discord-embed>
  `;
}

function field({ name, value, inline: isBeside }: NonNullable<APIEmbed['fields']>[number], names: Names) {
  return html`
    <div class=${isBeside ? 'field beside' : 'field'}>
      <p class="field-name">${inline(name, names)}</p>
      <div class="text">${markdown(value, names)}</div>
    </div>
  `;
}

function foot(footer: APIEmbed['footer'], timestamp: string | undefined) {
  const words = [footer?.text, timestamp && saidAt(timestamp)].filter(Boolean).join(' • ');
  return html`<discord-embed-footer slot="footer" footer-image=${ifDefined(safePicture(footer?.icon_url))} footer-image-alt="">${words}</discord-embed-footer>`;
}

function linked(url: string | undefined, words: unknown) {
  const href = safeLink(url);
  return href ? html`<a href=${href} target="_blank" rel="noreferrer noopener">${words}</a>` : words;
}
