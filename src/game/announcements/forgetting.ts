import { and, count, eq, inArray, or } from 'drizzle-orm';
import type { Holder } from '../../world/ledger.ts';
import { mentions } from '../../world/mentions.ts';
import type { Tx } from '../../world/transaction.ts';
import { announcements } from './announcements.table.ts';
import { type ChannelMessage, channelMessages } from './channel-messages.table.ts';

/** By what a message is found in its channel; it must not say what the message does. */
export type MarkOf = (body: ChannelMessage['body']) => string;

/**
 * Takes somebody out of what is told in a server. What is about them goes, with the messages that tell nothing else, and
 * the words of those that tell of others too. Of these, one that is under way may have arrived with its words: it is not
 * sent again but looked for, by its mark, and what did not arrive is told anew.
 *
 * @returns how many rows are gone
 */
export function forgetInMessages(tx: Tx, { guildId, userId }: Holder, markOf: MarkOf): number {
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
        .set({ body: {}, mark: markLeftOf(message, markOf) })
        .where(ofMessage)
        .run();
  }
  return own.length + emptied.length;
}

function tellsNothing(tx: Tx, messageId: string): boolean {
  const ofMessage = eq(announcements.messageId, messageId);
  return tx.db.select({ told: count() }).from(announcements).where(ofMessage).get()?.told === 0;
}

/** What is over isn't looked for any more; what was emptied before has its mark. */
function markLeftOf({ state, body, mark }: ChannelMessage, markOf: MarkOf): string | null {
  return state === 'frozen' ? (mark ?? markOf(body)) : null;
}
