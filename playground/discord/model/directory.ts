import type {
  ChannelRecord,
  DirectChannelRecord,
  FileRecord,
  GuildChannelRecord,
  GuildRecord,
  InteractionRecord,
  MemberRecord,
  MessageRecord,
  UserRecord,
} from './records.ts';

/** Everything this Discord knows, in memory: people, servers, channels with their messages, interactions, files. */
export class Directory {
  readonly users = new Map<string, UserRecord>();
  readonly guilds = new Map<string, GuildRecord>();
  readonly channels = new Map<string, ChannelRecord>();
  /** By token, and by id, since routes name both. */
  readonly interactions = new Map<string, InteractionRecord>();
  readonly files = new Map<string, FileRecord>();
  /** The bot was there once; Discord then says "missing access" and not "unknown". */
  readonly leftGuildIds = new Set<string>();

  guildChannels(guildId: string): GuildChannelRecord[] {
    return [...this.channels.values()]
      .filter((channel): channel is GuildChannelRecord => channel.kind === 'guild')
      .filter((channel) => channel.guildId === guildId)
      .sort((left, right) => left.position - right.position);
  }

  directChannel(userId: string): DirectChannelRecord | undefined {
    return [...this.channels.values()]
      .filter((channel): channel is DirectChannelRecord => channel.kind === 'direct')
      .find((channel) => channel.userId === userId);
  }

  member(guildId: string, userId: string): MemberRecord | undefined {
    return this.guilds.get(guildId)?.members.get(userId);
  }

  message(channelId: string, messageId: string): MessageRecord | undefined {
    return this.channels.get(channelId)?.messages.get(messageId);
  }
}
