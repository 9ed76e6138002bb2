/** What Discord takes for formatting, mentions, links and emojis; a backslash before it leaves it as it is. */
const MEANINGFUL = /[\\*_~`|<>[\]#:]/g;

/**
 * What somebody wrote, so that Discord shows it as it stands and nobody is mentioned by it. For message contents and
 * for the titles, descriptions and fields of embeds: names of authors, footers and labels are shown as they stand anyway.
 * (`escapeMarkdown` of discord.js leaves mentions as they are, and whatever looks like a link.)
 */
export function plainText(text: string): string {
  // A backslash doesn't keep `@everyone` from looking like a mention: a space without width does.
  return text.replace(MEANINGFUL, '\\$&').replaceAll('@', '@\u200B');
}
