import type { Core } from '../core.ts';
import { channelPermissions, has } from '../model/permissions.ts';
import type { ChannelRecord, FileRecord, GuildChannelRecord, GuildRecord } from '../model/records.ts';
import { guildChannelPayload } from '../wire/channel.ts';
import { memberWithoutUser, rolePayload } from '../wire/guild.ts';
import { userPayload } from '../wire/user.ts';
import type { GivenFile } from './options.ts';
import { ClientRefusal } from './refusal.ts';

type Things = Record<string, unknown>;

/** Characters of a file's name; of a longer one the end is kept, with what kind of file it is. */
const MOST_NAME = 100;

/** `data.resolved`: what the ids in options and selects stand for ("Resolved Data Structure"). */
export interface Resolved {
  users?: Things;
  members?: Things;
  channels?: Things;
  roles?: Things;
  attachments?: Things;
}

/** A file as it is kept: under a name that is no path. */
export function keptFile({ nextId }: Core, { name, content, contentType }: GivenFile): FileRecord {
  return {
    id: nextId(),
    name: name.replaceAll(/[/\\\p{Cc}]/gu, '_').slice(-MOST_NAME) || 'file',
    contentType: contentType || 'application/octet-stream',
    content,
  };
}

/** Finds people, channels and roles by id or name, as seen from one place. Each adds what it found to `resolved`. */
export class Lookup {
  readonly #core: Core;
  readonly #place: ChannelRecord;
  readonly #userId: string;

  constructor(core: Core, place: ChannelRecord, userId: string) {
    this.#core = core;
    this.#place = place;
    this.#userId = userId;
  }

  /** @throws ClientRefusal when there is no such person in this place */
  user(reference: string, resolved: Resolved): string {
    const wanted = reference.replace(/^<@!?(\d+)>$/, '$1').replace(/^@/, '');
    const users = [...this.#core.directory.users.values()];
    // The client offers who is here, by name, and takes the pasted id of anybody.
    const user =
      users.find(({ id }) => id === wanted) ??
      users.find(({ id, name }) => this.#isHere(id) && name.toLowerCase() === wanted.toLowerCase());
    if (!user) throw new ClientRefusal(`There is nobody called "${reference}" here`);
    resolved.users = { ...resolved.users, [user.id]: userPayload(user) };
    const guild = this.#guild;
    const member = guild?.members.get(user.id);
    if (guild && member && this.#place.kind === 'guild') {
      const permissions = channelPermissions(guild, this.#place, member).toString();
      resolved.members = { ...resolved.members, [user.id]: { ...memberWithoutUser(member), permissions } };
    }
    return user.id;
  }

  /** @throws ClientRefusal when the person sees no such channel, or it is of another type than asked for */
  channel(reference: string, resolved: Resolved, types?: readonly number[]): string {
    const guild = this.#requireGuild();
    const wanted = reference.replace(/^<#(\d+)>$/, '$1').replace(/^#/, '');
    const channel = this.#core.directory
      .guildChannels(guild.id)
      .find(({ id, name }) => id === wanted || name === wanted);
    const permissions = channel ? this.#permissionsIn(guild, channel) : 0n;
    if (!channel || !has(permissions, 'ViewChannel')) {
      throw new ClientRefusal(`There is no channel "${reference}" here`);
    }
    if (types?.length && !types.includes(channel.type))
      throw new ClientRefusal(`#${channel.name} is of the wrong type`);
    const { permission_overwrites: _hidden, ...payload } = guildChannelPayload(channel);
    resolved.channels = {
      ...resolved.channels,
      [channel.id]: { ...payload, permissions: permissions.toString() },
    };
    return channel.id;
  }

  /** @throws ClientRefusal when there is no such role */
  role(reference: string, resolved: Resolved): string {
    const wanted = reference.replace(/^<@&(\d+)>$/, '$1').replace(/^@/, '');
    const role = [...this.#requireGuild().roles.values()].find(
      ({ id, name }) => id === wanted || name === wanted || name === `@${wanted}`,
    );
    if (!role) throw new ClientRefusal(`There is no role "${reference}" here`);
    resolved.roles = { ...resolved.roles, [role.id]: rolePayload(role) };
    return role.id;
  }

  /** A person or a role. @throws ClientRefusal when there is neither */
  mentionable(reference: string, resolved: Resolved): string {
    try {
      return this.user(reference, resolved);
    } catch {
      return this.role(reference, resolved);
    }
  }

  /** Keeps a file that a person gives. */
  attachment(file: GivenFile, resolved: Resolved): string {
    const { directory, url } = this.#core;
    const kept = keptFile(this.#core, file);
    const { id, name, contentType } = kept;
    directory.files.set(id, kept);
    const link = `${url}/attachments/${this.#place.id}/${id}/${encodeURIComponent(name)}`;
    resolved.attachments = {
      ...resolved.attachments,
      [id]: {
        id,
        filename: name,
        size: file.content.byteLength,
        content_type: contentType,
        url: link,
        proxy_url: link,
        ephemeral: true,
      },
    };
    return id;
  }

  get #guild(): GuildRecord | undefined {
    return this.#place.kind === 'guild' ? this.#core.directory.guilds.get(this.#place.guildId) : undefined;
  }

  #requireGuild(): GuildRecord {
    const guild = this.#guild;
    if (!guild) throw new ClientRefusal('That works in servers only');
    return guild;
  }

  #isHere(userId: string): boolean {
    const guild = this.#guild;
    if (guild) return guild.members.has(userId);
    return userId === this.#userId || userId === this.#core.applicationId;
  }

  #permissionsIn(guild: GuildRecord, channel: GuildChannelRecord): bigint {
    const member = guild.members.get(this.#userId);
    return member ? channelPermissions(guild, channel, member) : 0n;
  }
}
