import { container } from '@sapphire/framework';
import { refuse } from '../game/refusal.ts';
import type { NamedPermission } from './in-words.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    missingChannelPermissions: {
      channelId: string;
      count: number;
      permissions: readonly NamedPermission[];
    };
  }
}

/**
 * Makes sure that the bot may write in a channel, as far as the gateway has told.
 *
 * Lacking only Read Message History is no reason to refuse. Without it everything is announced just the same; only where
 * an answer of Discord's is lost for minutes the bot cannot look whether its message has arrived, and leaves it at that
 * rather than telling it twice. It is asked for in the answer and by the doctor, and no server has to do without
 * announcements for something so rare.
 *
 * @throws Refusal missingChannelPermissions
 */
export function requireWritable(channelId: string): void {
  const wanted = container.serverDirectory.wantedIn(channelId) ?? [];
  const permissions = wanted
    .filter(({ name, isGranted }) => name !== 'ReadMessageHistory' && !isGranted)
    .map(({ name }) => name);
  if (permissions.length === 0) return;
  refuse('missingChannelPermissions', { channelId, count: permissions.length, permissions });
}
