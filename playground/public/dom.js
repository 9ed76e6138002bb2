/**
 * Builds an element. Text becomes text nodes, so nothing that people or bots write can turn into markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on…` are listeners, `data` is the dataset; `false` and `null` are left away
 * @param {...(Node | string | null | undefined | false)} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name === 'style') Object.assign(element.style, value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** The element with this id; there is always one. */
export function byId(id) {
  return document.getElementById(id);
}

/** Only links that lead to the web become links. */
export function safeLink(url) {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol) ? url : null;
  } catch {
    return null;
  }
}
