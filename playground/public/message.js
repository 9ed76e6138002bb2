import { avatar } from './avatar.js';
import { componentNodes } from './components.js';
import { h, safeLink } from './dom.js';
import { embedCard, picture } from './embed.js';
import { markdown } from './markdown.js';
import { clock } from './time.js';

const LOADING = 1 << 7;
const SUPPRESS_EMBEDS = 1 << 2;

/**
 * One message as a list item.
 *
 * @param {object} message as the server tells it
 * @param {{me: string, tools: object, author: Function, dismiss: Function, react: Function}} scene
 */
export function messageItem(message, scene) {
  const { id, author, ephemeral, used, pinged, flags } = message;
  const person = scene.author(author);
  const pings = pinged.everyone || pinged.userIds.includes(scene.me);
  const parts = ['message', ephemeral && 'ephemeral', pings && 'pings'].filter(Boolean);
  return h(
    'li',
    { class: parts.join(' '), id: `message-${id}`, data: { id } },
    avatar(person),
    h(
      'div',
      { class: 'said' },
      used &&
        h(
          'p',
          { class: 'used' },
          h('strong', {}, scene.tools.names.person(used.userId)),
          ` used /${used.command}`,
        ),
      h(
        'p',
        { class: 'head' },
        h('strong', { class: 'author', style: person.colour ? { color: person.colour } : {} }, person.name),
        person.bot && h('span', { class: 'tag' }, 'APP'),
        clock(message.timestamp),
      ),
      ...((flags & LOADING) !== 0 ? [thinking(person)] : body(message, scene)),
      ephemeral && onlyYou(() => scene.dismiss(id)),
    ),
  );
}

/** A line of the page's own, which only this person sees: a pending command, or one without an answer. */
export function localItem({ title, words, waiting, dismiss }) {
  return h(
    'li',
    { class: 'message ephemeral local' },
    avatar({ id: '0', name: '…', bot: true }),
    h(
      'div',
      { class: 'said' },
      h('p', { class: 'used' }, title),
      h('p', { class: waiting ? 'thinking' : 'failed' }, words),
      dismiss && onlyYou(dismiss),
    ),
  );
}

function body(message, { tools, react, me }) {
  const {
    content,
    embeds,
    components,
    attachments,
    edited_timestamp: edited,
    flags,
    reactions = [],
  } = message;
  const shownEmbeds = (flags & SUPPRESS_EMBEDS) === 0 ? embeds : [];
  return [
    content &&
      h(
        'div',
        { class: 'text' },
        markdown(content, tools.names),
        edited && h('span', { class: 'edited' }, ' (edited)'),
      ),
    ...shownEmbeds.map((embed) => embedCard(embed, tools.names)),
    ...attachments.map(attachment),
    ...componentNodes(components, tools),
    reactions.length > 0 &&
      h(
        'div',
        { class: 'reactions' },
        reactions.map((reaction) => reactionChip(reaction, message.id, react, me)),
      ),
  ];
}

function attachment({ url, filename, content_type: type, description }) {
  if (type?.startsWith('image/') && type !== 'image/svg+xml')
    return picture(url, 'picture', description ?? filename);
  return h('p', { class: 'file' }, '📄 ', h('a', { href: safeLink(url), download: filename }, filename));
}

function reactionChip({ emoji, count }, messageId, react) {
  const key = emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name;
  return h(
    'button',
    { type: 'button', class: 'reaction', onclick: () => react(messageId, key) },
    `${emoji.name} ${count}`,
  );
}

function thinking({ name }) {
  return h('p', { class: 'thinking' }, `${name} is thinking…`);
}

function onlyYou(dismiss) {
  return h(
    'p',
    { class: 'only-you' },
    'Only you can see this · ',
    h('button', { type: 'button', class: 'as-link', onclick: dismiss }, 'Dismiss message'),
  );
}
