import { channels, people, roles } from '../choices.ts';

/** What is code or a web address is left as it stands. */
const AS_IT_STANDS = /(`+[\s\S]+?`+|https?:\/\/[^\s`]+)/;

/** What was typed, with the people, roles and channels that it names mentioned, as Discord's own client sends it. */
export function withMentions(typed: string): string {
  const named = [
    ...people().map(({ label, value }) => [label, `<@${value}>`] as const),
    ...roles().map(({ label, value }) => [label, `<@&${value}>`] as const),
    ...channels().map(({ label, value }) => [label, `<#${value}>`] as const),
  ].filter(([label]) => label !== '@everyone');
  if (named.length === 0) return typed;
  const mentions = new Map(named);
  // The longest first: @Mira Smith is not @Mira.
  const labels = [...mentions.keys()].sort((left, right) => right.length - left.length).map(escaped);
  const pattern = new RegExp(`(?<![\\w<])(?:${labels.join('|')})(?!\\w)`, 'g');
  const parts = typed.split(AS_IT_STANDS);
  return parts
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(pattern, (label) => mentions.get(label) ?? label),
    )
    .join('');
}

/** A name as a pattern that only it fits. */
function escaped(name: string): string {
  return name.replace(/\W/g, '\\$&');
}
