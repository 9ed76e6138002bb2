import type { Core } from '../core.ts';
import { guildChannelPayload } from '../wire/channel.ts';
import { guildCreatePayload, memberPayload, rolePayload } from '../wire/guild.ts';
import { userPayload } from '../wire/user.ts';
import type {
  GuildChannelRecord,
  GuildRecord,
  MemberRecord,
  OverwriteRecord,
  RoleRecord,
} from './records.ts';

/** Puts a server, with all it holds, into the directory; the bot learns of it when it is a member. */
export function joinGuild(core: Core, guild: GuildRecord): void {
  core.directory.guilds.set(guild.id, guild);
  core.directory.leftGuildIds.delete(guild.id);
  core.gateway.dispatch({ event: 'GUILD_CREATE', guildId: guild.id, data: guildCreatePayload(core, guild) });
  core.log.append({ kind: 'place', what: 'server added', id: guild.id });
}

/** Discord has lost sight of a server for a while, or has it back ("Unavailable Guild Object"). */
export function setAvailable(core: Core, guild: GuildRecord, isAvailable: boolean): void {
  core.gateway.dispatch(
    isAvailable
      ? { event: 'GUILD_CREATE', guildId: guild.id, data: guildCreatePayload(core, guild) }
      : { event: 'GUILD_DELETE', guildId: guild.id, data: { id: guild.id, unavailable: true } },
  );
}

/** The bot is no longer in a server: to it, the server and its channels are gone. Its own role goes with it. */
export function leaveGuild(core: Core, guild: GuildRecord): void {
  guild.members.delete(core.applicationId);
  for (const { id, managed } of guild.roles.values()) if (managed) guild.roles.delete(id);
  core.directory.leftGuildIds.add(guild.id);
  core.gateway.dispatch({ event: 'GUILD_DELETE', guildId: guild.id, data: { id: guild.id } });
  core.log.append({ kind: 'place', what: 'server left', id: guild.id });
}

/** A server is deleted, with its channels: the bot, if it is in there, is told that it is gone. */
export function deleteGuild(core: Core, guild: GuildRecord): void {
  if (guild.members.has(core.applicationId)) leaveGuild(core, guild);
  for (const { id } of core.directory.guildChannels(guild.id)) core.directory.channels.delete(id);
  core.directory.guilds.delete(guild.id);
  core.log.append({ kind: 'place', what: 'server deleted', id: guild.id });
}

export function addChannel(core: Core, channel: GuildChannelRecord): void {
  core.directory.channels.set(channel.id, channel);
  tellChannel(core, channel, 'CHANNEL_CREATE');
}

export function removeChannel(core: Core, channel: GuildChannelRecord): void {
  core.directory.channels.delete(channel.id);
  const guild = core.directory.guilds.get(channel.guildId);
  if (guild?.systemChannelId === channel.id) guild.systemChannelId = null;
  tellChannel(core, channel, 'CHANNEL_DELETE');
}

export function setOverwrite(core: Core, channel: GuildChannelRecord, overwrite: OverwriteRecord): void {
  channel.overwrites.set(overwrite.id, overwrite);
  tellChannel(core, channel, 'CHANNEL_UPDATE');
}

export function removeOverwrite(core: Core, channel: GuildChannelRecord, id: string): void {
  if (channel.overwrites.delete(id)) tellChannel(core, channel, 'CHANNEL_UPDATE');
}

export function addMember(core: Core, guild: GuildRecord, member: MemberRecord): void {
  guild.members.set(member.userId, member);
  tellBot(core, guild, 'GUILD_MEMBER_ADD', { ...memberPayload(core, member), guild_id: guild.id });
  core.log.append({ kind: 'place', what: 'member added', id: member.userId });
}

/** Somebody leaves a server; what was allowed to them in its channels stays, as it does in Discord. */
export function removeMember(core: Core, guild: GuildRecord, { userId }: MemberRecord): void {
  guild.members.delete(userId);
  const user = core.directory.users.get(userId);
  if (user) tellBot(core, guild, 'GUILD_MEMBER_REMOVE', { guild_id: guild.id, user: userPayload(user) });
  core.log.append({ kind: 'place', what: 'member left', id: userId });
}

/** Takes a member's voice away, or gives it back. */
export function timeOut(core: Core, guild: GuildRecord, member: MemberRecord, until: number | null): void {
  member.timedOutUntil = until;
  tellMember(core, guild, member, 'member timed out');
}

/** Gives a member other roles. */
export function setRoles(
  core: Core,
  guild: GuildRecord,
  member: MemberRecord,
  roleIds: readonly string[],
): void {
  member.roleIds.clear();
  for (const id of roleIds) member.roleIds.add(id);
  tellMember(core, guild, member, 'roles changed');
}

export function putRole(core: Core, guild: GuildRecord, role: RoleRecord): void {
  const event = guild.roles.has(role.id) ? 'GUILD_ROLE_UPDATE' : 'GUILD_ROLE_CREATE';
  guild.roles.set(role.id, role);
  tellBot(core, guild, event, { guild_id: guild.id, role: rolePayload(role) });
  core.log.append({ kind: 'place', what: 'role changed', id: role.id });
}

/** Without the intent for members the bot is told only of itself, which it is told always. */
function tellMember(core: Core, guild: GuildRecord, member: MemberRecord, what: string): void {
  if (member.userId === core.applicationId) {
    tellBot(core, guild, 'GUILD_MEMBER_UPDATE', { ...memberPayload(core, member), guild_id: guild.id });
  }
  core.log.append({ kind: 'place', what, id: member.userId });
}

function tellChannel(
  core: Core,
  channel: GuildChannelRecord,
  event: 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE',
): void {
  const guild = core.directory.guilds.get(channel.guildId);
  if (guild) tellBot(core, guild, event, guildChannelPayload(channel));
  core.log.append({ kind: 'place', what: event.toLowerCase().replace('_', ' '), id: channel.id });
}

/** Of a server in which it is not, the bot hears nothing. */
function tellBot(core: Core, guild: GuildRecord, event: string, data: unknown): void {
  if (guild.members.has(core.applicationId)) core.gateway.dispatch({ event, guildId: guild.id, data });
}
