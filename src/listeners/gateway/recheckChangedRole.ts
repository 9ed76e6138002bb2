import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { Role } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in a server’s channels when a role lets the bot write there again. */
export class RecheckChangedRole extends Listener<typeof Events.GuildRoleUpdate> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildRoleUpdate });
  }

  override run(_before: Role, role: Role): void {
    recheckChannels(`role changed:${randomUUID()}`, role.guild.id);
  }
}
