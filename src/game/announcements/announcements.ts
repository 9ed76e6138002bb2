import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import { announcementChannel } from '../settings/definitions.ts';
import type { Settings } from '../settings/settings.ts';
import {
  type Announcement,
  type AnnouncementSubject,
  announcements,
  type ChannelMessage,
  channelMessages,
} from './announcements.table.ts';

/** The most announcements that one message tells: Discord's limit of embeds in a message. */
const ANNOUNCEMENTS_PER_MESSAGE = 10;

/** What is told to a server's channel: written down in the action, told by a job. */
export class Announcements {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Tells the server something about somebody; does nothing in a server that chose no channel. */
  announce(tx: Tx, holder: Holder, subject: AnnouncementSubject): void {
    const channelId = this.#settings.get(tx.db, holder.guildId, announcementChannel);
    if (channelId !== null) this.#write(tx, holder, channelId, subject);
  }

  /** Tells a player something that concerns them, in the channel where they are; nobody is pinged. */
  tell(tx: Tx, holder: Holder, channelId: string, subject: AnnouncementSubject): void {
    this.#write(tx, holder, channelId, subject);
  }

  #write(tx: Tx, { guildId, userId }: Holder, channelId: string, subject: AnnouncementSubject): void {
    tx.db
      .insert(announcements)
      .values({
        id: tx.createId(),
        guildId,
        channelId,
        userId,
        subject,
        state: 'pending',
        occurredAt: tx.now,
      })
      .run();
    tx.request({ task: 'discordNotify', id: channelId, payload: { channelId } });
  }

  /**
   * The message that a channel is to get next: the one that was frozen before and isn't known to have arrived, else
   * a new one of what is pending, frozen now.
   *
   * @param compose makes the body of a message that tells these announcements
   * @returns undefined when there is nothing to tell
   */
  freezeNext(
    tx: Tx,
    channelId: string,
    compose: (announcements: readonly Announcement[]) => Record<string, unknown>,
  ): ChannelMessage | undefined {
    const frozen = tx.db
      .select()
      .from(channelMessages)
      .where(and(eq(channelMessages.channelId, channelId), eq(channelMessages.state, 'frozen')))
      .get();
    if (frozen) return frozen;

    const pending = this.#pending(tx, channelId);
    const [first] = pending;
    if (!first) return undefined;
    const message: ChannelMessage = {
      id: tx.createId(),
      guildId: first.guildId,
      channelId,
      body: compose(pending),
      state: 'frozen',
      frozenAt: tx.now,
      endedAt: null,
      discordMessageId: null,
      reason: null,
    };
    tx.db.insert(channelMessages).values(message).run();
    for (const { id } of pending) {
      tx.db.update(announcements).set({ messageId: message.id }).where(eq(announcements.id, id)).run();
    }
    return message;
  }

  /** Notes that Discord has the message, and asks for the channel's next one if there is more to tell. */
  markSent(tx: Tx, message: ChannelMessage, discordMessageId: string): void {
    this.#end(tx, message, { state: 'sent', discordMessageId });
  }

  /** Notes that Discord won't take the message, and goes on with what else there is to tell. */
  markUndeliverable(tx: Tx, message: ChannelMessage, reason: string): void {
    this.#end(tx, message, { state: 'undeliverable', reason });
  }

  #end(
    tx: Tx,
    { id, channelId }: ChannelMessage,
    outcome: { state: 'sent'; discordMessageId: string } | { state: 'undeliverable'; reason: string },
  ): void {
    const { changes } = tx.db
      .update(channelMessages)
      .set({ ...outcome, endedAt: tx.now })
      .where(and(eq(channelMessages.id, id), eq(channelMessages.state, 'frozen')))
      .run();
    if (changes === 0) return;
    tx.db.update(announcements).set({ state: outcome.state }).where(eq(announcements.messageId, id)).run();
    if (this.#pending(tx, channelId).length > 0) {
      tx.request({ task: 'discordNotify', id: channelId, payload: { channelId } });
    }
  }

  #pending(tx: Tx, channelId: string): Announcement[] {
    return (
      tx.db
        .select()
        .from(announcements)
        .where(and(eq(announcements.channelId, channelId), isNull(announcements.messageId)))
        // What happened at the same time in the order in which it was written: what was made before what it earned.
        .orderBy(announcements.occurredAt, sql`rowid`)
        .limit(ANNOUNCEMENTS_PER_MESSAGE)
        .all()
    );
  }
}
