import { h, safeLink } from './dom.js';
import { inline, markdown } from './markdown.js';
import { clock } from './time.js';

/** An embed as a card. */
export function embedCard(embed, names) {
  const { color, title, url, description, author, footer, fields = [], thumbnail, image, timestamp } = embed;
  const edge =
    color === undefined ? {} : { borderInlineStartColor: `#${color.toString(16).padStart(6, '0')}` };
  return h(
    'article',
    { class: 'embed', style: edge },
    h(
      'div',
      { class: 'embed-body' },
      author && h('p', { class: 'embed-author' }, picture(author.icon_url, 'icon'), author.name),
      title &&
        h(
          'p',
          { class: 'embed-title' },
          url && safeLink(url) ? anchor(url, inline(title, names)) : inline(title, names),
        ),
      description && h('div', { class: 'text' }, markdown(description, names)),
      fields.length > 0 &&
        h(
          'div',
          { class: 'fields' },
          fields.map((field) => fieldBlock(field, names)),
        ),
      image && picture(image.url, 'picture'),
      (footer || timestamp) &&
        h(
          'p',
          { class: 'embed-footer' },
          footer && picture(footer.icon_url, 'icon'),
          footer?.text,
          footer && timestamp && ' · ',
          timestamp && clock(timestamp),
        ),
    ),
    thumbnail && picture(thumbnail.url, 'thumbnail'),
  );
}

/** Where Discord keeps people's pictures. They are not fetched: nothing leaves the machine. */
const DISCORD_PICTURES = 'https://cdn.discordapp.com/';

/** A picture from the web, or nothing. */
export function picture(url, kind, description = '') {
  const source = url?.startsWith(DISCORD_PICTURES) ? 'icon.svg' : url && safeLink(url);
  return source ? h('img', { src: source, alt: description, class: kind, loading: 'lazy' }) : null;
}

function anchor(url, words) {
  return h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, words);
}

function fieldBlock({ name, value, inline: beside }, names) {
  return h(
    'div',
    { class: beside ? 'field beside' : 'field' },
    h('p', { class: 'field-name' }, inline(name, names)),
    h('div', { class: 'text' }, markdown(value, names)),
  );
}
