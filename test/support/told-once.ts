import { expect } from 'vitest';
import type { MessageRecord } from '../../playground/discord/index.ts';
import { parseCustomId } from '../../src/discord/custom-id.ts';
import { buttonsOn } from './commands.ts';
import { readDigest } from './digest.ts';
import type { Stage } from './stage.ts';

/** One message as the world knows it. */
interface KnownMessage {
  readonly id: string;
  readonly channelId: string;
  readonly audience: string;
  readonly discordMessageId: string;
  readonly shown: number;
  readonly counted: number;
}

/** Waits until nothing is left to be told. */
export async function untilAllTold(stage: Stage, within?: number): Promise<void> {
  const isTold = () =>
    stage.count("announcements WHERE state = 'pending'") === 0 && stage.count('outbox') === 0;
  await stage.until('Everything being told', isTold, within);
}

/**
 * Expects that every announcement of the world stands in exactly one message that Discord has, and that Discord has no
 * other message by the bot: none was lost and none was told twice. What the messages say is counted against them.
 */
export function expectToldOnce(stage: Stage): void {
  expect(stage.query("SELECT id FROM announcements WHERE state NOT IN ('sent', 'folded')")).toEqual([]);
  expect(stage.query("SELECT id FROM channel_messages WHERE state <> 'sent'")).toEqual([]);
  const known = stage.query<KnownMessage>(`
    SELECT m.id, m.channel_id AS channelId, m.audience, m.discord_message_id AS discordMessageId,
           count(*) FILTER (WHERE a.state = 'sent') AS shown, count(*) FILTER (WHERE a.state = 'folded') AS counted
    FROM channel_messages m JOIN announcements a ON a.message_id = m.id GROUP BY m.id`);
  const byDiscordId = new Map(known.map((message) => [message.discordMessageId, message]));
  expect(byDiscordId.size).toBe(known.length);
  expect(stage.count('announcements')).toBe(
    known.reduce((sum, { shown, counted }) => sum + shown + counted, 0),
  );

  const sent = ownMessages(stage);
  expect(sent.map(({ id }) => id).sort()).toEqual([...byDiscordId.keys()].sort());
  for (const message of sent) {
    const { channelId, audience, shown, counted } = byDiscordId.get(message.id) ?? {};
    expect(message.channelId).toBe(channelId);
    if (audience === 'server') expect(toldIn(message)).toBe((shown ?? 0) + (counted ?? 0));
    else expect(entriesIn(message)).toBe(shown);
    // Nobody asked for it.
    expect(message.pinged).toEqual({ userIds: [], roleIds: [], everyone: false });
  }
}

/** What the bot has sent by itself, not as an answer. */
export function ownMessages(stage: Stage): MessageRecord[] {
  return [...stage.discord.directory.channels.values()].flatMap((channel) =>
    [...channel.messages.values()].filter(
      ({ authorId, origin }) => authorId === stage.discord.applicationId && origin === null,
    ),
  );
}

/** How much a message to the server says that it tells: by a card each, or by the numbers and lines of a digest. */
export function toldIn(message: MessageRecord): number {
  const isDigest = buttonsOn(message).some((id) => parseCustomId(id).handler === 'announcementsPage');
  if (!isDigest) return message.embeds.length;
  const sections = readDigest(message.embeds[0]?.description ?? '');
  return sections.reduce((sum, { count }) => sum + count, 0);
}

/** How many things a message to players tells: by a card each, or by a line. */
function entriesIn({ embeds }: MessageRecord): number {
  const [first] = embeds;
  if (embeds.length > 1 || first?.title !== undefined || first?.color === undefined) return embeds.length;
  const lines = first.description?.split('\n') ?? [];
  const told = lines.filter((line) => line.includes('<@'));
  return told.length;
}
