import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { pageNumber, requireOwner } from '../discord/paging.ts';
import { translatorOf } from '../discord/translate.ts';
import { ANYBODY } from '../discord/views/announcements.ts';
import { announcementsPageView } from '../discord/views/announcements-page.ts';
import { refuse } from '../game/refusal.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    unknownAnnouncements: Record<string, never>;
  }
}

const facts = z.tuple([pageNumber, z.string(), z.string()]);

type Facts = z.output<typeof facts>;

/** Shows everything that a digest counts, to whoever asks, and turns the pages of that. */
export class AnnouncementsPage extends ButtonHandler<Facts> {
  override readonly facts = facts;

  override async press(
    interaction: GuildButtonInteraction,
    ...[page, readerId, messageId]: Facts
  ): Promise<void> {
    const { world, game } = this.container;
    const message = game.channelMessages.find(world.reader, messageId);
    const isTheirs = message?.guildId === interaction.guildId && message.audience === 'server';
    if (!isTheirs) return refuse('unknownAnnouncements', {});
    const isOpening = readerId === ANYBODY;
    if (!isOpening) requireOwner(interaction, readerId);
    const view = announcementsPageView(translatorOf(interaction), {
      announcements: game.channelMessages.members(world.reader, messageId),
      messageId,
      readerId: interaction.user.id,
      page,
    });
    if (isOpening) await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
    else await interaction.update(view);
  }
}
