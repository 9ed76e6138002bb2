import { randomUUID } from 'node:crypto';
import { Events, Listener } from '@sapphire/framework';
import type { Role } from 'discord.js';
import { recheckChannels } from '../../discord/recheck-channels.ts';

/** Goes on in a server's channels when a role is gone that kept the bot from writing there: nothing else tells of it. */
export class RecheckDeletedRole extends Listener<typeof Events.GuildRoleDelete> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.GuildRoleDelete });
  }

  override run({ guild }: Role): void {
    recheckChannels(`role deleted:${randomUUID()}`, guild.id);
  }
}
