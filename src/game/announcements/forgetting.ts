import { and, count, eq, inArray, or } from 'drizzle-orm';
import type { Holder } from '../../world/ledger.ts';
import { idPattern, mentions } from '../../world/mentions.ts';
import type { Tx } from '../../world/transaction.ts';
import { announcements } from './announcements.table.ts';
import { type ChannelMessage, channelMessages } from './channel-messages.table.ts';

/** Somebody who is forgotten, as messages show them. */
export interface Forgotten {
  /** The name under which they were known; null where none is known. */
  readonly name: string | null;
  /** What stands in the place of a mention of them. */
  readonly word: string;
}

/**
 * Takes somebody out of what is told in a server. What is about them goes, with the messages that tell nothing else; a
 * message that may still be sent and tells of others too is sent without them, and of one that is over nothing is kept.
 *
 * @returns how many rows are gone
 */
export function forgetInMessages(tx: Tx, { guildId, userId }: Holder, forgotten: Forgotten): number {
  const own = tx.db
    .delete(announcements)
    .where(and(eq(announcements.guildId, guildId), eq(announcements.userId, userId)))
    .returning({ messageId: announcements.messageId })
    .all();
  const messageIds = new Set(own.flatMap(({ messageId }) => messageId ?? []));
  const messages = tx.db
    .select()
    .from(channelMessages)
    .where(
      and(
        eq(channelMessages.guildId, guildId),
        or(inArray(channelMessages.id, [...messageIds]), mentions(channelMessages.body, userId)),
      ),
    )
    .all();
  const emptied = messages.filter(({ id }) => messageIds.has(id) && tellsNothing(tx, id));
  for (const message of messages) {
    const ofMessage = eq(channelMessages.id, message.id);
    if (emptied.includes(message)) tx.db.delete(channelMessages).where(ofMessage).run();
    else
      tx.db
        .update(channelMessages)
        .set({ body: bodyWithout(message, userId, forgotten) })
        .where(ofMessage)
        .run();
  }
  return own.length + emptied.length;
}

function tellsNothing(tx: Tx, messageId: string): boolean {
  const ofMessage = eq(announcements.messageId, messageId);
  return tx.db.select({ told: count() }).from(announcements).where(ofMessage).get()?.told === 0;
}

function bodyWithout(
  { state, body }: ChannelMessage,
  userId: string,
  forgotten: Forgotten,
): ChannelMessage['body'] {
  if (state !== 'frozen') return {};
  // An object in, an object out.
  return without(body, userId, forgotten) as ChannelMessage['body'];
}

/** The same without somebody: mentions become a word, who would be pinged isn't, and no embed has them as its author. */
function without(value: unknown, userId: string, forgotten: Forgotten): unknown {
  if (typeof value === 'string') return value.replaceAll(`<@${userId}>`, forgotten.word);
  if (Array.isArray(value))
    return value.filter((each) => each !== userId).map((each) => without(each, userId, forgotten));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, part]) => key !== 'author' || !isAuthor(part, userId, forgotten))
    .map(([key, part]) => [key, without(part, userId, forgotten)] as const);
  return Object.fromEntries(entries);
}

function isAuthor(author: unknown, userId: string, { name }: Forgotten): boolean {
  const { name: shown, icon_url: picture = '' } = author as { name?: string; icon_url?: string };
  return idPattern(userId).test(picture) || (name !== null && shown === name);
}
