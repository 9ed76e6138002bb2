import { container } from '@sapphire/framework';
import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';
import { refuse } from '../game/refusal.ts';
import { managerRole } from '../game/servers/settings.ts';
import type { Holder } from '../world/ledger.ts';
import { holderOf } from './actor.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    needsManageServer: Record<string, never>;
    needsManageServerItself: Record<string, never>;
  }
}

/** What one must be allowed to do in a server to set the bot up there. */
export const MANAGER_PERMISSION = PermissionFlagsBits.ManageGuild;

/**
 * Who runs the server, as far as the bot is concerned: whoever has the Manage Server permission or the manager role. What
 * a command declares only decides whom Discord shows it to; servers can override that, and a button stays where it is
 * when somebody is no admin any more. What they may do now, and which roles they have, comes with each interaction.
 *
 * @param byRole whether the manager role is enough; false for what could hand the role itself on
 * @throws Refusal needsManageServer, needsManageServerItself, or notInServer where it didn't come from a server
 */
export function managerOf(interaction: BaseInteraction, { byRole = true } = {}): Holder {
  const manager = holderOf(interaction);
  if (interaction.memberPermissions?.has(MANAGER_PERMISSION)) return manager;
  if (!hasManagerRole(interaction, manager)) return refuse('needsManageServer', {});
  return byRole ? manager : refuse('needsManageServerItself', {});
}

/** Whether somebody runs the server, as far as the bot is concerned; for what is only shown or not. */
export function isManager(interaction: BaseInteraction): boolean {
  const mayManage = interaction.memberPermissions?.has(MANAGER_PERMISSION) === true;
  return mayManage || hasManagerRole(interaction, holderOf(interaction));
}

/** What the command of a piece says that is for those only who run the server: others are not told of it. */
export interface ForManagers {
  readonly isForManagers: true;
}

function hasManagerRole(interaction: BaseInteraction, { guildId }: Holder): boolean {
  const { world, game } = container;
  const roleId = game.settings.get(world.reader, guildId, managerRole);
  // Everybody has the role whose id is the server's, and discord.js counts it among theirs.
  return roleId !== null && roleId !== guildId && rolesOf(interaction).includes(roleId);
}

/** The roles of whoever acts, as Discord sent them along. */
function rolesOf({ member }: BaseInteraction): readonly string[] {
  if (!member) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}
