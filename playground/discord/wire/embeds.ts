import { type APIEmbed, EmbedType } from 'discord-api-types/v10';
import { withoutNulls } from './nulls.ts';

/** Where a link such as `attachment://map.png` really leads. */
export type ResolveUrl = (url: string) => string;

/**
 * An embed as Discord keeps it: type `rich`, no nulls, `inline` always there, links to attachments resolved, texts
 * trimmed ("Embed Limits").
 */
export function keptEmbed(sent: APIEmbed, resolve: ResolveUrl): APIEmbed {
  const { title, description, image, thumbnail, author, footer, fields, ...embed } = withoutNulls(sent);
  return {
    ...embed,
    type: EmbedType.Rich,
    ...(title === undefined ? {} : { title: title.trim() }),
    ...(description === undefined ? {} : { description: description.trim() }),
    ...(fields ? { fields: fields.map((field) => ({ ...field, inline: field.inline ?? false })) } : {}),
    ...(image ? { image: picture(image.url, resolve) } : {}),
    ...(thumbnail ? { thumbnail: picture(thumbnail.url, resolve) } : {}),
    ...(author ? { author: withIcon(author, resolve) } : {}),
    ...(footer ? { footer: withIcon(footer, resolve) } : {}),
  };
}

function picture(url: string, resolve: ResolveUrl) {
  return { url: resolve(url), proxy_url: resolve(url), width: 0, height: 0 };
}

function withIcon<Part extends { icon_url?: string }>(part: Part, resolve: ResolveUrl): Part {
  if (part.icon_url === undefined) return part;
  const icon = resolve(part.icon_url);
  return { ...part, icon_url: icon, proxy_icon_url: icon };
}
