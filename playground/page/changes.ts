import {
  ClientRefusal,
  type GuildChannelRecord,
  type GuildRecord,
  type LoopbackDiscord,
  type RoleRecord,
  type UserRecord,
} from '../discord/index.ts';
import { setPermission } from './channelPermission.ts';
import { channelName, channelTopic, personName, roleName, serverName } from './names.ts';
import type { Changed } from './protocol.ts';
import { type ChangeOf, changes } from './requests.ts';

/** Changes who and what there is. In a playground anybody may: there is no `as`. */
export class Changes {
  readonly #discord: LoopbackDiscord;

  constructor(discord: LoopbackDiscord) {
    this.#discord = discord;
  }

  /**
   * Does what `POST /play/change/…` asks for.
   *
   * @returns undefined when there is no such change
   * @throws ClientRefusal when it is not possible; ZodError when the body makes no sense
   */
  do(what: string, body: unknown): Changed | undefined {
    switch (what) {
      case 'person':
        return this.#person(changes.person.parse(body));
      case 'server':
        return this.#server(changes.server.parse(body));
      case 'removeServer':
        return this.#removeServer(changes.removeServer.parse(body));
      case 'channel':
        return this.#channel(changes.channel.parse(body));
      case 'removeChannel':
        return this.#removeChannel(changes.removeChannel.parse(body));
      case 'role':
        return this.#role(changes.role.parse(body));
      case 'roles':
        return this.#roles(changes.roles.parse(body));
      case 'rolePermissions':
        return this.#rolePermissions(changes.rolePermissions.parse(body));
      case 'permission':
        return this.#permission(changes.permission.parse(body));
      case 'invite':
        return this.#invite(changes.invite.parse(body));
      case 'leave':
        return this.#leave(changes.leave.parse(body));
      case 'directMessages':
        return this.#directMessages(changes.directMessages.parse(body));
      case 'direct':
        return this.#direct(changes.direct.parse(body));
      default:
        return undefined;
    }
  }

  #person({ name: typed, server, roles, locale }: ChangeOf<'person'>): Changed {
    const name = personName(typed);
    const taken = [...this.#discord.directory.users.values()].find(
      (user) => user.name.toLowerCase() === name.toLowerCase(),
    );
    if (taken) throw new ClientRefusal(`Somebody is called ${taken.name} already`);
    const guild = server === undefined ? undefined : this.#guildOf(server);
    const roleIds = guild ? this.#givable(guild, roles) : [];
    const { id } = this.#discord.addUser({ name, locale });
    if (!guild) return { kind: 'changed', personId: id };
    this.#discord.addMember(guild, id, { roles: roleIds });
    return { kind: 'changed', personId: id, serverId: guild.id };
  }

  /** As in Discord there is a channel to begin with; the bot comes when it is there, and so has where to greet. */
  #server({ name: typed, owner }: ChangeOf<'server'>): Changed {
    const name = serverName(typed);
    const { id: ownerId, bot } = this.#userOf(owner);
    if (bot) throw new ClientRefusal('A server belongs to a person');
    const guild = this.#discord.addGuild({ name, owner: ownerId, withBot: false });
    const channel = this.#discord.addChannel(guild, { name: 'general' });
    this.#discord.setSystemChannel(channel);
    this.#discord.addBot(guild);
    return { kind: 'changed', serverId: guild.id, channelId: channel.id };
  }

  #removeServer({ server }: ChangeOf<'removeServer'>): Changed {
    const { id } = this.#guildOf(server);
    this.#discord.deleteGuild(id);
    return { kind: 'changed', serverId: id };
  }

  #channel({ server, name, topic: typed, type }: ChangeOf<'channel'>): Changed {
    const guild = this.#guildOf(server);
    const topic = channelTopic(typed);
    const { id } = this.#discord.addChannel(guild, {
      name: channelName(name),
      type,
      ...(topic === undefined ? {} : { topic }),
    });
    return { kind: 'changed', serverId: guild.id, channelId: id };
  }

  #removeChannel({ channel }: ChangeOf<'removeChannel'>): Changed {
    const { id, guildId } = this.#channelOf(channel);
    this.#discord.removeChannel(id);
    return { kind: 'changed', serverId: guildId, channelId: id };
  }

  #role({ server, name, permissions, color }: ChangeOf<'role'>): Changed {
    const guild = this.#guildOf(server);
    const { id } = this.#discord.addRole(guild, { name: roleName(name), permissions, color });
    return { kind: 'changed', serverId: guild.id, roleId: id };
  }

  #roles({ server, person, roles }: ChangeOf<'roles'>): Changed {
    const guild = this.#guildOf(server);
    const user = this.#memberOf(guild, person);
    const given = this.#givable(guild, roles);
    const own = [...guild.roles.values()].filter(({ managed }) => managed && user.bot);
    this.#discord.setMemberRoles(guild, user, [...given, ...own]);
    return { kind: 'changed', serverId: guild.id, personId: user.id };
  }

  #rolePermissions({ server, role, permissions }: ChangeOf<'rolePermissions'>): Changed {
    const guild = this.#guildOf(server);
    const { id } = roleOf(guild, role);
    this.#discord.setRolePermissions(guild, id, permissions);
    return { kind: 'changed', serverId: guild.id, roleId: id };
  }

  #permission({ channel, target, permission, allowed }: ChangeOf<'permission'>): Changed {
    const record = this.#channelOf(channel);
    const guild = this.#guildOf(record.guildId);
    if (!guild.roles.has(target)) this.#memberOf(guild, target);
    setPermission(this.#discord, record, { target, permission, allowed });
    return { kind: 'changed', serverId: guild.id, channelId: record.id };
  }

  #invite({ server, person }: ChangeOf<'invite'>): Changed {
    const guild = this.#guildOf(server);
    const { id, name } = this.#userOf(person);
    if (guild.members.has(id)) throw new ClientRefusal(`${name} is in ${guild.name} already`);
    if (id === this.#discord.applicationId) this.#discord.addBot(guild);
    else this.#discord.addMember(guild, id);
    return { kind: 'changed', serverId: guild.id, personId: id };
  }

  #leave({ server, person }: ChangeOf<'leave'>): Changed {
    const guild = this.#guildOf(server);
    const { id, name } = this.#memberOf(guild, person);
    if (guild.ownerId === id)
      throw new ClientRefusal(`${guild.name} belongs to ${name}, and owners cannot leave`);
    if (id === this.#discord.applicationId) this.#discord.removeGuild(guild);
    else this.#discord.removeMember(guild, id);
    return { kind: 'changed', serverId: guild.id, personId: id };
  }

  #directMessages({ person, open }: ChangeOf<'directMessages'>): Changed {
    const { id, bot } = this.#userOf(person);
    if (bot) throw new ClientRefusal('Bots get no direct messages from other bots');
    this.#discord.setDirectMessages(id, open);
    return { kind: 'changed', personId: id };
  }

  #direct({ person }: ChangeOf<'direct'>): Changed {
    const { id, bot } = this.#userOf(person);
    if (bot) throw new ClientRefusal('Bots get no direct messages from other bots');
    return { kind: 'changed', personId: id, channelId: this.#discord.directChannel(id).id };
  }

  /** @throws ClientRefusal when there is no such role, or it is one that nobody is given */
  #givable(guild: GuildRecord, roleIds: readonly string[]): RoleRecord[] {
    return roleIds.map((id) => {
      const role = roleOf(guild, id);
      if (role.id === guild.id || role.managed) throw new ClientRefusal(`Nobody can be given ${role.name}`);
      return role;
    });
  }

  #userOf(id: string): UserRecord {
    return this.#discord.directory.users.get(id) ?? missing('person');
  }

  #guildOf(id: string): GuildRecord {
    return this.#discord.directory.guilds.get(id) ?? missing('server');
  }

  #memberOf(guild: GuildRecord, id: string): UserRecord {
    const user = this.#userOf(id);
    if (guild.members.has(id)) return user;
    throw new ClientRefusal(`${user.name} is not in ${guild.name}`);
  }

  #channelOf(id: string): GuildChannelRecord {
    const channel = this.#discord.directory.channels.get(id);
    return channel?.kind === 'guild' ? channel : missing('channel');
  }
}

function roleOf(guild: GuildRecord, id: string): RoleRecord {
  return guild.roles.get(id) ?? missing('role');
}

/** @throws ClientRefusal: what was asked about was removed, perhaps just now */
export function missing(what: string): never {
  throw new ClientRefusal(`There is no such ${what} any more`);
}
