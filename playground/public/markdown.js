import { h, safeLink } from './dom.js';
import { timestamp } from './time.js';

/**
 * What stands inside a line, tried in this order; the first that matches earliest wins.
 * Each makes a node of what it matched; `inner` reads what stands inside it.
 */
const INLINE = [
  [/\\([\\*_~`|<>#\-[\]()])/, ([, character]) => character],
  [/`([^`]+)`/, ([, code]) => h('code', {}, code)],
  [/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, ([, seconds, style]) => timestamp(Number(seconds), style)],
  [/<@!?(\d+)>/, ([, id], { person }) => mention('@', person(id))],
  [/<@&(\d+)>/, ([, id], { role }) => mention('@', role(id))],
  [/<#(\d+)>/, ([, id], { channel }) => mention('#', channel(id))],
  [/<\/([^:>]+):(\d+)>/, ([, name]) => h('span', { class: 'mention' }, `/${name}`)],
  [/@(everyone|here)\b/, ([text]) => h('span', { class: 'mention' }, text)],
  [/<a?:(\w+):\d+>/, ([, name]) => `:${name}:`],
  [/\[([^\]]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/, ([, words, url], names) => link(url, inline(words, names))],
  [/<?(https?:\/\/[^\s<>]+[^\s<>.,:;"')\]])>?/, ([, url]) => link(url, [url])],
  [/\*\*\*(.+?)\*\*\*/s, ([, text], names) => h('strong', {}, h('em', {}, ...inline(text, names)))],
  [/\*\*(.+?)\*\*/s, ([, text], names) => h('strong', {}, ...inline(text, names))],
  [/__(.+?)__/s, ([, text], names) => h('u', {}, ...inline(text, names))],
  [/~~(.+?)~~/s, ([, text], names) => h('s', {}, ...inline(text, names))],
  [/\|\|(.+?)\|\|/s, ([, text], names) => spoiler(inline(text, names))],
  [/\*([^\s*](?:.*?[^\s*])?)\*/s, ([, text], names) => h('em', {}, ...inline(text, names))],
  [/(?<![\w])_([^\s_](?:.*?[^\s_])?)_(?![\w])/s, ([, text], names) => h('em', {}, ...inline(text, names))],
];

/**
 * Discord's markdown as nodes.
 *
 * @param {string} text
 * @param {{person: (id: string) => string, role: (id: string) => string, channel: (id: string) => string}} names
 */
export function markdown(text, names) {
  const parts = text.split(/```(?:\w+\n)?([\s\S]*?)```/);
  return parts.flatMap((part, index) =>
    index % 2 === 1 ? [h('pre', {}, h('code', {}, part))] : blocks(part, names),
  );
}

/** One line, where blocks make no sense: a title, a button. */
export function inline(text, names) {
  const found = INLINE.map(([pattern, make]) => ({ match: pattern.exec(text), make }))
    .filter(({ match }) => match)
    .sort((left, right) => left.match.index - right.match.index)[0];
  if (!found) return text === '' ? [] : [text];
  const { match, make } = found;
  const rest = text.slice(match.index + match[0].length);
  const before = text.slice(0, match.index);
  return [...(before === '' ? [] : [before]), make(match, names), ...inline(rest, names)];
}

function blocks(text, names) {
  const nodes = [];
  const lines = text.replace(/^\n|\n$/g, '').split('\n');
  if (text.trim() === '') return nodes;
  while (lines.length > 0) nodes.push(block(lines, names));
  return nodes;
}

/** Takes one block's lines off the list. */
function block(lines, names) {
  const line = lines.shift();
  const heading = /^(#{1,3}) (.+)/.exec(line);
  if (heading) return h('p', { class: `heading heading-${heading[1].length}` }, ...inline(heading[2], names));
  if (line.startsWith('-# ')) return h('p', { class: 'subtext' }, ...inline(line.slice(3), names));
  if (line.startsWith('>>> ')) return quote([line.slice(4), ...lines.splice(0)], names);
  if (line.startsWith('> ')) return quote([line.slice(2), ...take(lines, /^> ?/)], names);
  if (/^ *[-*] /.test(line))
    return list('ul', [line, ...take(lines, /^( *)[-*] /, false)], /^ *[-*] /, names);
  if (/^ *\d+\. /.test(line))
    return list('ol', [line, ...take(lines, /^ *\d+\. /, false)], /^ *\d+\. /, names);
  return h('p', {}, ...inline(line === '' ? ' ' : line, names));
}

function take(lines, pattern, strip = true) {
  const taken = [];
  while (lines[0] !== undefined && pattern.test(lines[0])) {
    const line = lines.shift();
    taken.push(strip ? line.replace(pattern, '') : line);
  }
  return taken;
}

function quote(lines, names) {
  return h('blockquote', {}, ...blocks(lines.join('\n'), names));
}

function list(tag, lines, marker, names) {
  const items = lines.map((line) => h('li', {}, ...inline(line.replace(marker, ''), names)));
  const start = tag === 'ol' ? { start: Number.parseInt(lines[0], 10) } : {};
  return h(tag, start, ...items);
}

function mention(sign, name) {
  return h('span', { class: 'mention' }, `${sign}${name}`.replace('@@', '@'));
}

function link(url, words) {
  const href = safeLink(url);
  if (!href) return h('span', {}, ...words);
  return h('a', { href, target: '_blank', rel: 'noreferrer noopener' }, ...words);
}

function spoiler(words) {
  const reveal = (event) => event.currentTarget.classList.add('shown');
  return h('button', { type: 'button', class: 'spoiler', onclick: reveal, title: 'Spoiler' }, ...words);
}
