import type { Core } from '../core.ts';
import type {
  DirectChannelRecord,
  GuildChannelRecord,
  GuildRecord,
  MemberRecord,
  OverwriteRecord,
  RoleRecord,
  UserRecord,
} from './records.ts';

/** A bit field of permissions, as digits. */
type Bits<Thing, Field extends keyof Thing> = Omit<Thing, Field> & Readonly<Record<Field, string>>;

type KeptGuild = Omit<GuildRecord, 'roles' | 'members'> & {
  readonly roles: readonly Omit<Bits<RoleRecord, 'permissions'>, 'guildId'>[];
  readonly members: readonly (Omit<MemberRecord, 'roleIds'> & { readonly roleIds: readonly string[] })[];
};

type KeptChannel = Omit<GuildChannelRecord, 'kind' | 'overwrites' | 'messages' | 'lastMessageId'> & {
  readonly overwrites: readonly Bits<OverwriteRecord, 'allow' | 'deny'>[];
};

/** Who and what there is, without what was said: plain values, to be kept in a file. */
export interface Places {
  readonly users: readonly Omit<UserRecord, 'webhook'>[];
  readonly guilds: readonly KeptGuild[];
  readonly channels: readonly KeptChannel[];
  readonly direct: readonly Pick<DirectChannelRecord, 'id' | 'userId'>[];
}

/** What there is now. */
export function readPlaces({ directory, applicationId }: Core): Places {
  const channels = [...directory.channels.values()];
  return {
    users: [...directory.users.values()]
      .filter(({ id, webhook }) => id !== applicationId && !webhook)
      .map(({ webhook: _webhook, ...user }) => user),
    guilds: [...directory.guilds.values()].map((guild) => ({
      ...guild,
      roles: [...guild.roles.values()].map(({ guildId: _guildId, permissions, ...role }) => ({
        ...role,
        permissions: String(permissions),
      })),
      members: [...guild.members.values()].map((member) => ({ ...member, roleIds: [...member.roleIds] })),
    })),
    channels: channels
      .filter((channel) => channel.kind === 'guild')
      .map(({ id, type, guildId, name, topic, position, overwrites }) => ({
        id,
        type,
        guildId,
        name,
        topic,
        position,
        overwrites: [...overwrites.values()].map(({ allow, deny, ...overwrite }) => ({
          ...overwrite,
          allow: String(allow),
          deny: String(deny),
        })),
      })),
    direct: channels.filter((channel) => channel.kind === 'direct').map(({ id, userId }) => ({ id, userId })),
  };
}

/** Puts these servers and channels in place of those there are, before a bot is there; people are added. */
export function putPlaces({ directory, applicationId }: Core, places: Places): void {
  directory.guilds.clear();
  directory.channels.clear();
  for (const user of places.users) directory.users.set(user.id, { ...user });
  for (const guild of places.guilds) {
    directory.guilds.set(guild.id, guildOf(guild));
    if (!guild.members.some(({ userId }) => userId === applicationId)) directory.leftGuildIds.add(guild.id);
  }
  for (const channel of places.channels) directory.channels.set(channel.id, channelOf(channel));
  for (const channel of places.direct)
    directory.channels.set(channel.id, {
      ...channel,
      kind: 'direct',
      messages: new Map(),
      lastMessageId: null,
    });
}

function guildOf(guild: KeptGuild): GuildRecord {
  const roles = guild.roles.map((role) => ({
    ...role,
    guildId: guild.id,
    permissions: BigInt(role.permissions),
  }));
  const members = guild.members.map((member) => ({ ...member, roleIds: new Set(member.roleIds) }));
  return {
    ...guild,
    roles: new Map(roles.map((role) => [role.id, role])),
    members: new Map(members.map((member) => [member.userId, member])),
  };
}

function channelOf(channel: KeptChannel): GuildChannelRecord {
  const overwrites = channel.overwrites.map((overwrite) => ({
    ...overwrite,
    allow: BigInt(overwrite.allow),
    deny: BigInt(overwrite.deny),
  }));
  return {
    ...channel,
    kind: 'guild',
    overwrites: new Map(overwrites.map((overwrite) => [overwrite.id, overwrite])),
    messages: new Map(),
    lastMessageId: null,
  };
}
