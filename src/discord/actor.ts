import type { BaseInteraction } from 'discord.js';
import type { Actor } from '../game/players/players.ts';
import { refuse } from '../game/refusal.ts';
import type { Holder } from '../world/ledger.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    notInServer: Record<string, never>;
  }
}

/**
 * Who acts through an interaction, where, in which language, and how they look there.
 *
 * @throws Refusal notInServer where it didn't come from a server's channel
 */
export function actorOf(interaction: BaseInteraction): Actor {
  const { guildId, channelId, user, locale } = interaction;
  if (guildId === null || channelId === null) return refuse('notInServer', {});
  const shown = interaction.inCachedGuild() ? interaction.member : user;
  const { displayName: name } = shown;
  return { guildId, userId: user.id, channelId, locale, name, avatar: shown.displayAvatarURL() };
}

/**
 * Who looks at something through an interaction.
 *
 * @throws Refusal notInServer where it didn't come from a server
 */
export function holderOf({ guildId, user }: BaseInteraction): Holder {
  return guildId === null ? refuse('notInServer', {}) : { guildId, userId: user.id };
}
