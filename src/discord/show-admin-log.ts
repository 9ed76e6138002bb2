import { container } from '@sapphire/framework';
import type { BaseInteraction } from 'discord.js';
import type { Holder } from '../world/ledger.ts';
import { translatorOf } from './translate.ts';
import { adminLogView } from './views/admin-log.ts';

/**
 * A page of the record of a server as it stands now.
 *
 * @param about only what somebody did or what concerns them; undefined for all of it
 */
export function showAdminLog(
  interaction: BaseInteraction,
  { guildId, userId }: Holder,
  about: string | undefined,
  page: number,
) {
  const { world, game } = container;
  return adminLogView(translatorOf(interaction), {
    readerId: userId,
    about,
    page: game.adminLog.page(world.reader, guildId, about, page),
  });
}
