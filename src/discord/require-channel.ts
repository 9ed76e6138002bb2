import { container } from '@sapphire/framework';
import { refuse } from '../game/refusal.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    unknownChannel: Record<string, never>;
  }
}

/**
 * Makes sure that a channel is one of a server's: its id may have been made up.
 *
 * @throws Refusal unknownChannel
 */
export function requireChannel(guildId: string, channelId: string): void {
  if (!container.serverDirectory.channel(guildId, channelId)) refuse('unknownChannel', {});
}
