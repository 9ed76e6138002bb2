import { PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import type { GuildChannelRecord, GuildRecord, MemberRecord } from './records.ts';

/** A permission by the name that discord.js and discord-api-types give it, such as `SendMessages`. */
export type PermissionName = keyof typeof Flag;

export const EVERY_PERMISSION: bigint = Object.values(Flag).reduce((sum, flag) => sum | flag, 0n);

/** What `@everyone` may do in a new server. */
export const USUAL_PERMISSIONS: bigint = bits([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'ReadMessageHistory',
  'UseExternalEmojis',
  'UseApplicationCommands',
]);

/** What people may always do in a direct message. */
export const DIRECT_MESSAGE_PERMISSIONS: bigint = USUAL_PERMISSIONS;

/** The bit field of some permissions. */
export function bits(names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | Flag[name], 0n);
}

/** Some bits have an older name too; the newer one stands later. */
const NAMES = new Map(Object.entries(Flag).map(([name, flag]) => [flag, name as PermissionName])); // Its keys.

/** The names of the permissions in a bit field. */
export function namesOf(held: bigint): PermissionName[] {
  return [...NAMES].filter(([flag]) => (held & flag) !== 0n).map(([, name]) => name);
}

/** Whether all the wanted bits are among those held. */
export function has(held: bigint, ...names: readonly PermissionName[]): boolean {
  const wanted = bits(names);
  return (held & wanted) === wanted;
}

/** What a member may do in a server as a whole (developer docs, "Permissions", "Permission Hierarchy"). */
export function guildPermissions(guild: GuildRecord, member: MemberRecord): bigint {
  if (guild.ownerId === member.userId) return EVERY_PERMISSION;
  const everyone = guild.roles.get(guild.id)?.permissions ?? 0n;
  const held = [...member.roleIds].reduce(
    (sum, roleId) => sum | (guild.roles.get(roleId)?.permissions ?? 0n),
    everyone,
  );
  if (has(held, 'Administrator')) return EVERY_PERMISSION;
  return held & leftTo(member);
}

/** What a timeout leaves ("Modify Guild Member", communication_disabled_until). */
const LEFT_IN_TIMEOUT: bigint = bits(['ViewChannel', 'ReadMessageHistory']);

function leftTo({ timedOutUntil }: MemberRecord): bigint {
  return timedOutUntil === null ? EVERY_PERMISSION : LEFT_IN_TIMEOUT;
}

/** What a member may do in a channel: the overwrites of `@everyone`, of their roles together, of themselves, in this order. */
export function channelPermissions(
  guild: GuildRecord,
  channel: GuildChannelRecord,
  member: MemberRecord,
): bigint {
  const base = guildPermissions(guild, member);
  if (base === EVERY_PERMISSION) return base;
  const roles = [...member.roleIds].flatMap((roleId) => channel.overwrites.get(roleId) ?? []);
  const rolesDeny = roles.reduce((sum, overwrite) => sum | overwrite.deny, 0n);
  const rolesAllow = roles.reduce((sum, overwrite) => sum | overwrite.allow, 0n);
  const everyone = channel.overwrites.get(guild.id);
  const own = channel.overwrites.get(member.userId);
  let held = (base & ~(everyone?.deny ?? 0n)) | (everyone?.allow ?? 0n);
  held = (held & ~rolesDeny) | rolesAllow;
  held = ((held & ~(own?.deny ?? 0n)) | (own?.allow ?? 0n)) & leftTo(member);
  // "Implicit Permissions": who cannot see a channel can do nothing in it.
  return has(held, 'ViewChannel') ? held : 0n;
}
