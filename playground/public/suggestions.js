import { byId, h } from './dom.js';

const list = byId('suggestions');
let entries = [];
let active = -1;
let field = null;
let onChoose = () => {};

/** Whether there is something to choose from. */
export function isOpen() {
  return !list.hidden;
}

/** The entry that Enter would take. */
export function activeEntry() {
  return isOpen() ? entries[active] : undefined;
}

/**
 * Shows what fits below a field.
 *
 * @param {HTMLInputElement} forField
 * @param {{title: string, note?: string, group?: string}[]} shown
 * @param {(entry: object) => void} choose
 * @param {{first?: boolean, empty?: string}} [options] whether the first entry is taken by Enter; what to say if there is none
 */
export function show(forField, shown, choose, { first = true, empty } = {}) {
  field = forField;
  entries = shown;
  onChoose = choose;
  list.replaceChildren(
    ...shown.map(item),
    ...(shown.length === 0 && empty ? [h('div', { class: 'nothing' }, empty)] : []),
  );
  list.hidden = list.children.length === 0;
  field.setAttribute('aria-expanded', String(!list.hidden));
  activate(first && shown.length > 0 ? 0 : -1);
}

export function hide() {
  list.hidden = true;
  entries = [];
  active = -1;
  field?.setAttribute('aria-expanded', 'false');
  field?.removeAttribute('aria-activedescendant');
}

/** Handles the arrow keys. @returns whether it was one */
export function move(event) {
  if (!isOpen() || entries.length === 0 || !['ArrowDown', 'ArrowUp'].includes(event.key)) return false;
  event.preventDefault();
  const step = event.key === 'ArrowDown' ? 1 : -1;
  activate((active + step + entries.length) % entries.length);
  return true;
}

/** Takes the active entry. */
export function take() {
  const entry = activeEntry();
  if (entry) onChoose(entry);
}

/** What an input needs so that a screen reader knows of the list. */
export const comboboxAttributes = {
  role: 'combobox',
  'aria-autocomplete': 'list',
  'aria-controls': 'suggestions',
  'aria-expanded': 'false',
};

function item(entry, index) {
  // The field keeps the focus: choosing happens before it would lose it.
  const choose = (event) => {
    event.preventDefault();
    onChoose(entry);
  };
  return h(
    'div',
    { id: `suggestion-${index}`, role: 'option', 'aria-selected': 'false', onmousedown: choose },
    h('span', { class: 'suggestion-title' }, entry.title),
    entry.note && h('span', { class: 'suggestion-note' }, entry.note),
  );
}

function activate(index) {
  active = index;
  for (const [position, element] of [...list.children].entries()) {
    const chosen = position === index;
    element.setAttribute('aria-selected', String(chosen));
    if (chosen) element.scrollIntoView({ block: 'nearest' });
  }
  if (index === -1) field?.removeAttribute('aria-activedescendant');
  else field?.setAttribute('aria-activedescendant', `suggestion-${index}`);
}
