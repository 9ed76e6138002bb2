/** Where files lie that were sent on this page's own Discord. */
const ATTACHMENTS = '/attachments/';

/** Only links that lead to the web become links. */
export function safeLink(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined;
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The address of a picture that may be shown: one that lies on this machine. Others are not fetched, so that nobody
 * elsewhere learns of it; in the place of those of Discord's own there is an icon.
 */
export function safePicture(url: unknown): string | undefined {
  const link = safeLink(url);
  if (link === undefined) return undefined;
  const { hostname, pathname } = new URL(link);
  if (hostname === 'cdn.discordapp.com') return '/icon.svg';
  const isOwn = ['127.0.0.1', 'localhost'].includes(hostname) && pathname.startsWith(ATTACHMENTS);
  return isOwn ? pathname : undefined;
}

/** A channel, and a message in it, that a link of Discord's own leads to. */
export interface DiscordPlace {
  readonly channelId: string;
  readonly messageId?: string;
}

/** Where in Discord a link leads: that is on this page, and not at discord.com. */
export function placeOf(url: unknown): DiscordPlace | undefined {
  const pattern = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?$/;
  const [, channelId, messageId] = pattern.exec(String(url)) ?? [];
  if (channelId === undefined) return undefined;
  return messageId === undefined ? { channelId } : { channelId, messageId };
}
