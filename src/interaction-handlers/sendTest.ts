import { channelMention, MessageFlags } from 'discord.js';
import { z } from 'zod';
import { causeOf } from '../discord/cause.ts';
import { commandMention } from '../discord/command-mention.ts';
import { relativeTime } from '../discord/in-words.ts';
import { managerOf } from '../discord/manager.ts';
import { requireChannel } from '../discord/require-channel.ts';
import { requireWritable } from '../discord/require-writable.ts';
import { translatorOf } from '../discord/translate.ts';
import { refuse } from '../game/refusal.ts';
import { channelIdSchema } from '../game/settings/types/channel.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    botTimedOut: { readonly endsAt: number };
  }
}

/** Sends a message to a channel to see whether it arrives, the way that everything goes which is told there. */
export class SendTest extends ButtonHandler<[channelId: string]> {
  override readonly facts = z.tuple([channelIdSchema]);

  override async press(interaction: GuildButtonInteraction, channelId: string): Promise<void> {
    const { world, game, serverDirectory } = this.container;
    const admin = managerOf(interaction);
    requireChannel(admin.guildId, channelId);
    requireWritable(channelId);
    const endsAt = serverDirectory.timedOutUntil(admin.guildId);
    if (endsAt !== undefined) refuse('botTimedOut', { endsAt });
    const isNew = world.transact(causeOf(interaction), (tx) => {
      // Whoever wants to see it arrive wants it to be tried now.
      game.channelMessages.resume(tx, admin.guildId, channelId);
      return game.announcements.tellHere(tx, admin, channelId, { kind: 'testMessage', channelId });
    });
    const t = translatorOf(interaction);
    const facts = {
      channel: channelMention(channelId),
      arrivesAt: relativeTime(this.#arrival(admin.guildId, channelId)),
      doctor: commandMention(t, 'admin doctor'),
    };
    const content = t(isNew ? 'doctor:testSent' : 'doctor:testUnderWay', facts);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  /** When it is sent, if nothing comes between. */
  #arrival(guildId: string, channelId: string): number {
    const { world, game } = this.container;
    const outlet = game.outlets.find(world.reader, channelId) ?? {
      id: channelId,
      guildId,
      lastMessageAt: null,
    };
    const now = world.clock.now();
    return game.pacing.nextAt(world.reader, guildId, outlet, 'admins', now) + A_MOMENT;
  }
}

/** As long as it takes until a job has begun, in milliseconds. */
const A_MOMENT = 2_000;
