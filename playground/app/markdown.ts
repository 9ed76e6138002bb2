import { html, type TemplateResult } from 'lit';
import { write } from './composer/composer.ts';
import { placeOf, safeLink } from './links.ts';
import { moment } from './moment.ts';
import { say } from './notice.ts';
import { state } from './state.ts';
import { goTo } from './visit.ts';

/** What mentions are called. */
export interface Names {
  person(id: string): string;
  role(id: string): string;
  channel(id: string): string;
}

/** Text, or something that is drawn. */
export type Node = string | TemplateResult;

type Rule = readonly [RegExp, (match: RegExpExecArray, names: Names) => Node];

/** What stands inside a line, tried in this order; the one that matches earliest wins. */
const RULES: readonly Rule[] = [
  [/\\([\\*_~`|<>#\-[\]()])/g, ([, character]) => character ?? ''],
  [/`([^`]+)`/g, ([, code]) => html`<code>${code}</code>`],
  [/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/g, ([, seconds, style]) => timestamp(Number(seconds), style ?? 'f')],
  [/<@!?(\d+)>/g, ([, id], { person }) => mention('user', person(id ?? ''))],
  [/<@&(\d+)>/g, ([, id], { role }) => mention('role', role(id ?? '').replace(/^@/, ''))],
  [/<#(\d+)>/g, ([, id], { channel }) => channelMention(id ?? '', channel(id ?? ''))],
  [/<\/([^:>]+):(\d+)>/g, ([, name]) => commandMention(name ?? '')],
  [/@(everyone|here)\b/g, ([, name]) => mention('role', name ?? '')],
  [/<a?:(\w+):\d+>/g, ([, name]) => `:${name}:`],
  [
    /\[([^\]]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/g,
    ([, words, url], names) => link(url, inline(words ?? '', names)),
  ],
  [/<?(https?:\/\/[^\s<>]+[^\s<>.,:;"')\]])>?/g, ([, url]) => link(url, [url ?? ''])],
  [/\*\*\*(.+?)\*\*\*/gs, ([, text], names) => html`<strong><em>${inline(text ?? '', names)}</em></strong>`],
  [/\*\*(.+?)\*\*/gs, ([, text], names) => html`<strong>${inline(text ?? '', names)}</strong>`],
  [/__(.+?)__/gs, ([, text], names) => html`<u>${inline(text ?? '', names)}</u>`],
  [/~~(.+?)~~/gs, ([, text], names) => html`<s>${inline(text ?? '', names)}</s>`],
  [/\|\|(.+?)\|\|/gs, ([, text], names) => spoiler(inline(text ?? '', names))],
  [/\*([^\s*](?:.*?[^\s*])?)\*/gs, ([, text], names) => html`<em>${inline(text ?? '', names)}</em>`],
  [
    /(?<![\w])_([^\s_](?:.*?[^\s_])?)_(?![\w])/gs,
    ([, text], names) => html`<em>${inline(text ?? '', names)}</em>`,
  ],
];

/** Discord's markdown, drawn. Text stays text: nothing that people or bots write can turn into markup. */
export function markdown(text: string, names: Names): Node[] {
  const parts = text.split(/```(?:\w+\n)?([\s\S]*?)```/);
  return parts.flatMap((part, index) =>
    index % 2 === 1 ? [html`<pre><code>${part}</code></pre>`] : blocks(part, names),
  );
}

/** One line, where blocks make no sense: a title, a field's name. */
export function inline(text: string, names: Names): Node[] {
  const nodes: Node[] = [];
  /** Where each rule matches next, from what was read on; null: nowhere any more. So no rule reads anything twice. */
  const next: (RegExpExecArray | null | undefined)[] = RULES.map(() => undefined);
  let read = 0;
  while (read < text.length) {
    const found = earliest(text, read, next);
    if (!found) break;
    const { match, draw } = found;
    if (match.index > read) nodes.push(text.slice(read, match.index));
    nodes.push(draw(match, names));
    read = match.index + match[0].length;
  }
  return read < text.length ? [...nodes, text.slice(read)] : nodes;
}

function earliest(text: string, from: number, next: (RegExpExecArray | null | undefined)[]) {
  let found: { readonly match: RegExpExecArray; readonly draw: Rule[1] } | undefined;
  for (const [index, [pattern, draw]] of RULES.entries()) {
    let match = next[index];
    if (match === undefined || (match && match.index < from)) {
      pattern.lastIndex = from;
      match = pattern.exec(text);
      next[index] = match;
    }
    if (match && (!found || match.index < found.match.index)) found = { match, draw };
  }
  return found;
}

function blocks(text: string, names: Names): Node[] {
  if (text.trim() === '') return [];
  const lines = text.replace(/^\n|\n$/g, '').split('\n');
  const nodes: Node[] = [];
  while (lines.length > 0) nodes.push(block(lines, names));
  return nodes;
}

/** Takes one block's lines off the list. */
function block(lines: string[], names: Names): Node {
  const line = lines.shift() ?? '';
  const [, marks, words] = /^(#{1,3}) (.+)/.exec(line) ?? [];
  if (marks && words) return html`<p class="heading heading-${marks.length}">${inline(words, names)}</p>`;
  if (line.startsWith('-# ')) return html`<p class="subtext">${inline(line.slice(3), names)}</p>`;
  if (line.startsWith('>>> ')) return quote([line.slice(4), ...lines.splice(0)], names);
  if (line.startsWith('> ')) return quote([line.slice(2), ...take(lines, /^> ?/, true)], names);
  if (/^ *[-*] /.test(line)) return bullets([line, ...take(lines, /^ *[-*] /)], names);
  if (/^ *\d+\. /.test(line)) return numbers([line, ...take(lines, /^ *\d+\. /)], names);
  return html`<p>${inline(line === '' ? ' ' : line, names)}</p>`;
}

function take(lines: string[], pattern: RegExp, strip = false): string[] {
  const taken: string[] = [];
  while (lines[0] !== undefined && pattern.test(lines[0])) {
    const line = lines.shift() ?? '';
    taken.push(strip ? line.replace(pattern, '') : line);
  }
  return taken;
}

function quote(lines: readonly string[], names: Names): Node {
  return html`<blockquote>${blocks(lines.join('\n'), names)}</blockquote>`;
}

function bullets(lines: readonly string[], names: Names): Node {
  return html`<ul>${lines.map((line) => bullet(line, names))}</ul>`;
}

/** One point of a list: two spaces before it are one step in. */
function bullet(line: string, names: Names): Node {
  const depth = Math.floor(line.search(/[-*]/) / 2);
  return html`<li style="margin-inline-start: ${depth}rem">${inline(line.replace(/^ *[-*] /, ''), names)}</li>`;
}

function numbers(lines: readonly string[], names: Names): Node {
  const start = Number.parseInt(lines[0] ?? '1', 10);
  return html`<ol start=${start}>${lines.map((line) => html`<li>${inline(line.replace(/^ *\d+\. /, ''), names)}</li>`)}</ol>`;
}

function mention(type: 'user' | 'role' | 'channel' | 'slash', name: string): Node {
  return html`<discord-mention type=${type}>${name}</discord-mention>`;
}

/** A command that is mentioned is a press away, as in Discord; a form that named it closes. */
function commandMention(name: string): Node {
  const begin = () => {
    state.form = undefined;
    write(`/${name} `);
  };
  return html`<button type="button" class="mention" aria-label=${`/${name}`} @click=${begin}>${mention('slash', name)}</button>`;
}

/** So is a channel. */
function channelMention(channelId: string, name: string): Node {
  return html`<button type="button" class="mention" aria-label=${`#${name}`} @click=${() => goTo({ channelId }).catch(say)}>${mention('channel', name)}</button>`;
}

function timestamp(seconds: number, style: string): Node {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return 'an invalid time';
  return html`<discord-time>${moment(at, style)}</discord-time>`;
}

function link(url: string | undefined, words: Node[]): Node {
  const href = safeLink(url);
  const place = placeOf(href);
  if (place)
    return html`<button type="button" class="as-link" @click=${() => goTo(place).catch(say)}>${words}</button>`;
  if (!href) return html`<span>${words}</span>`;
  return html`<a href=${href} target="_blank" rel="noreferrer noopener">${words}</a>`;
}

function spoiler(words: Node[]): Node {
  const reveal = (event: Event) => (event.currentTarget as HTMLElement).classList.add('shown');
  return html`<button type="button" class="spoiler" title="Spoiler: press to see it" @click=${reveal}>${words}</button>`;
}
