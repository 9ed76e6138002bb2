import { container } from '@sapphire/framework';
import { AttachmentBuilder, type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { serverExported } from '../events/serverExported.ts';
import { exportName } from '../game/archive/format.ts';
import type { Holder } from '../world/ledger.ts';
import { causeOf } from './cause.ts';
import { exportFile } from './export-file.ts';
import { translatorOf } from './translate.ts';

/** Gives one of those who run a server everything of it as a file, once it stands in the record. */
export async function sendExport(interaction: ChatInputCommandInteraction, admin: Holder): Promise<void> {
  const { world } = container;
  const { guildId } = admin;
  world.transact(causeOf(interaction), (tx) => tx.publish(serverExported, { ...admin, data: {} }));
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const file = await exportFile(world, guildId);
  const attachment = new AttachmentBuilder(file, { name: exportName(guildId, world.clock.now()) });
  const content = translatorOf(interaction)('admin:export.done', { command: 'npm run world -- import FILE' });
  await interaction.editReply({ content, files: [attachment] });
}
