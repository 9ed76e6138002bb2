import { container } from '@sapphire/framework';
import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import type { Game } from '../game/game.ts';
import type { World } from '../world/world.ts';
import { translatorOf } from './translate.ts';
import { inboxView } from './views/announcements.ts';

/**
 * Shows players what could be brought to them neither way, beside the answer to a command of theirs. Not beside a
 * refusal: that one is to be read first, and what waits can wait for the next command.
 */
export class Inbox {
  readonly #world: World;
  readonly #game: Game;
  /** Who is being shown theirs. One process owns the world, so nobody else could show it to them meanwhile. */
  readonly #reading = new Set<string>();

  constructor(services: { world: World; game: Game }) {
    this.#world = services.world;
    this.#game = services.game;
  }

  /** Shows what waits for whoever used a command that was answered. What Discord doesn't take stays in the inbox. */
  async showAfter(interaction: ChatInputCommandInteraction): Promise<void> {
    const { guildId, user, replied } = interaction;
    const reader = `${guildId}:${user.id}`;
    // What follows up on no answer would become the answer.
    if (guildId === null || !replied || this.#reading.has(reader)) return;
    this.#reading.add(reader);
    try {
      await this.#show(interaction, guildId);
    } catch (error) {
      container.logger.warn(`The inbox of somebody in ${guildId} could not be shown`, error);
    } finally {
      this.#reading.delete(reader);
    }
  }

  async #show(interaction: ChatInputCommandInteraction, guildId: string): Promise<void> {
    const { announcements } = this.#game;
    const waiting = announcements.inbox(this.#world.reader, { guildId, userId: interaction.user.id });
    if (waiting.length === 0) return;
    const t = translatorOf(interaction);
    const inbox = this.#world.transact({ cause: `inbox:${interaction.id}` }, (tx) =>
      announcements.showAll(tx, waiting, (showable) => inboxView(t, showable)),
    );
    if (!inbox) return;
    const { view, shown } = inbox;
    await interaction.followUp({ ...view, flags: MessageFlags.Ephemeral });
    // Only now: what was never shown must not count as it.
    this.#world.transact({ cause: `inbox shown:${interaction.id}` }, (tx) =>
      announcements.markShown(tx, shown),
    );
  }
}
