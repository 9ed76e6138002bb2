import { h, safeLink } from './dom.js';
import { picture } from './embed.js';
import { markdown } from './markdown.js';

const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link', 6: 'secondary' };
const PLACEHOLDERS = {
  3: 'Make a selection',
  5: 'Choose people',
  6: 'Choose roles',
  7: 'Choose people or roles',
  8: 'Choose channels',
};

/**
 * Buttons, selects and the layout of Components V2.
 *
 * @param {{names: object, choices: (type: number) => {label: string, value: string}[], press: Function, select: Function}} tools
 */
export function componentNodes(components, tools) {
  return components.map((component) => node(component, tools));
}

function node(component, tools) {
  const { type } = component;
  if (type === 1) return h('div', { class: 'row' }, componentNodes(component.components, tools));
  if (type === 2) return button(component, tools);
  if (PLACEHOLDERS[type]) return select(component, tools);
  if (type === 9) return section(component, tools);
  if (type === 10) return h('div', { class: 'text' }, markdown(component.content, tools.names));
  if (type === 11) return picture(component.media.url, 'thumbnail', component.description ?? '');
  if (type === 12) return gallery(component);
  if (type === 13)
    return h('p', {}, h('a', { href: safeLink(component.file.url) }, component.name ?? 'File'));
  if (type === 14) return component.divider ? h('hr') : h('div', { class: 'gap' });
  if (type === 17) return container(component, tools);
  return h('p', { class: 'hint' }, `(component ${type} cannot be shown here yet)`);
}

function button(component, { press }) {
  const { style, label, emoji, custom_id: customId, disabled, url } = component;
  const words = [emoji && h('span', { class: 'emoji' }, emoji.id ? `:${emoji.name}:` : emoji.name), label];
  if (style === 5) {
    return h(
      'a',
      { class: 'button link', href: safeLink(url), target: '_blank', rel: 'noreferrer noopener' },
      words,
      ' ↗',
    );
  }
  return h(
    'button',
    {
      type: 'button',
      class: `button ${STYLES[style]}`,
      disabled,
      data: { customId },
      onclick: (event) => press(customId, event.currentTarget),
    },
    words,
  );
}

/** A native select, which the keyboard and a phone know; several values wait for a button. */
function select(component, { select: choose, choices }) {
  const { type, custom_id: customId, placeholder, disabled, min_values: least, max_values: most } = component;
  const options = component.options ?? choices(type);
  const several = most > 1;
  const wanted = placeholder ?? PLACEHOLDERS[type];
  const field = h(
    'select',
    {
      disabled,
      multiple: several,
      'aria-label': wanted,
      data: { customId },
      size: several ? Math.min(options.length, 5) : null,
    },
    !several &&
      h('option', { value: '', disabled: true, selected: !options.some((option) => option.default) }, wanted),
    options.map(({ label, value, description, emoji, default: chosen }) =>
      h(
        'option',
        { value, selected: chosen },
        [emoji && !emoji.id && emoji.name, label, description && `· ${description}`]
          .filter(Boolean)
          .join(' '),
      ),
    ),
  );
  const send = () =>
    choose(
      customId,
      [...field.selectedOptions].map(({ value }) => value),
      field,
    );
  if (!several) {
    field.addEventListener('change', send);
    return h('div', { class: 'select' }, field);
  }
  const ready = h(
    'button',
    { type: 'button', class: 'button secondary', disabled, onclick: send },
    `Choose ${least} to ${most}`,
  );
  return h('div', { class: 'select' }, field, ready);
}

function section({ components, accessory }, tools) {
  return h(
    'div',
    { class: 'section' },
    h('div', {}, componentNodes(components, tools)),
    node(accessory, tools),
  );
}

function gallery({ items }) {
  return h(
    'div',
    { class: 'gallery' },
    items.map(({ media, description }) => picture(media.url, 'picture', description ?? '')),
  );
}

function container({ components, accent_color: color }, tools) {
  const edge =
    color === undefined || color === null
      ? {}
      : { borderInlineStartColor: `#${color.toString(16).padStart(6, '0')}` };
  return h(
    'div',
    { class: 'embed container', style: edge },
    h('div', { class: 'embed-body' }, componentNodes(components, tools)),
  );
}
