import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { GuildMember, PartialGuildMember } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in a server’s channels when the bot was given a role that lets it write there again. */
export class RecheckOwnRoles extends Listener<typeof Events.GuildMemberUpdate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildMemberUpdate });
  }

  override run(_before: GuildMember | PartialGuildMember, member: GuildMember): void {
    if (member.id === member.client.user.id)
      recheckChannels(`roles changed:${randomUUID()}`, member.guild.id);
  }
}
