import { expect, onTestFinished, test } from 'vitest';
import { openPage } from './onPage.ts';

async function open() {
  const stage = await openPage();
  onTestFinished(stage.close);
  const { anvil, listen } = stage;
  const heard = await listen(anvil.tobin.id);
  onTestFinished(() => heard.end());
  return { ...stage, heard, place: { channel: anvil.tavern.id } };
}

/** What was heard of messages, in order. */
function messagesIn(text: string): unknown[] {
  return [...text.matchAll(/^event: message\ndata: (.+)$/gm)].map(([, data = '']) => JSON.parse(data));
}

test('a message is fresh in the event that tells of its creation, and neither later nor where it is read', async () => {
  const { anvil, discord, page, heard, contents, tell, place } = await open();
  const { id: message } = discord.as(anvil.odette, anvil.tavern).say('hello');
  await tell('react', { ...place, as: anvil.mira.id, message, emoji: '🔥' });
  page.reload();
  expect(messagesIn(await heard.until('event: page'))).toMatchObject([
    { id: message, fresh: true },
    { id: message, fresh: false, reactions: [{ count: 1 }] },
  ]);
  expect((await contents(anvil.tobin.id, anvil.tavern.id)).messages).toMatchObject([{ fresh: false }]);
});

test('a reaction is one’s own for whoever reacted, and for the bot in its REST', async () => {
  const { anvil, discord, page, heard, contents, tell, place } = await open();
  const message = discord.as(anvil.odette, anvil.tavern).say('hello');
  const mine = { ...place, as: anvil.tobin.id, message: message.id };
  await tell('react', { ...mine, emoji: '🔥' });
  await tell('react', { ...mine, as: anvil.mira.id, emoji: '⚒️' });
  page.reload();
  const expected = [
    { emoji: { name: '🔥' }, me: true },
    { emoji: { name: '⚒️' }, me: false },
  ];
  const [read] = (await contents(anvil.tobin.id, anvil.tavern.id)).messages;
  expect(read?.reactions).toMatchObject(expected);
  expect(messagesIn(await heard.until('event: page')).at(-1)).toMatchObject({ reactions: expected });
  expect(discord.payload(message).reactions?.map(({ me }) => me)).toEqual([false, false]);
});
