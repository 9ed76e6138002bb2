import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import { refuse } from '../game/refusal.ts';
import type { Holder } from '../world/ledger.ts';
import { holderOf } from './actor.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    needsManageServer: Record<string, never>;
  }
}

/** What one must be allowed to do in a server to set the bot up there. */
export const MANAGER_PERMISSION = PermissionFlagsBits.ManageGuild;

/**
 * Who sets the bot up through an interaction. What a command declares only decides whom Discord shows it to; servers can
 * override that, and a button stays where it is when somebody is no admin any more. What they may do now comes with each
 * interaction.
 *
 * @throws Refusal needsManageServer, or notInServer where it didn't come from a server
 */
export function managerOf(interaction: BaseInteraction): Holder {
  const manager = holderOf(interaction);
  return interaction.memberPermissions?.has(MANAGER_PERMISSION) ? manager : refuse('needsManageServer', {});
}
