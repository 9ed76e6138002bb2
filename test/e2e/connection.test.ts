import { expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';

test('a gateway that turns the bot away at the start: it is there once it is let in, and health says so', async () => {
  const stage = await Stage.set({ environment: { HTTP_PORT: '0', GAME_SPEED: '60' } });
  stage.discord.refuseGateway(true);
  const bot = stage.launchBot();
  await bot.logged(
    ({ msg }) => msg.startsWith('Discord cannot be reached') || msg.includes('The queue is running'),
  );
  const { port } = await bot.logged(({ msg }) => msg.startsWith('Health and metrics'));
  const health = async () => (await fetch(`http://127.0.0.1:${String(port)}/health`)).status;
  expect(await health()).toBe(503);
  await stage.until('The bot knocking', () =>
    stage.discord.log.entries.some(({ kind }) => kind === 'gateway'),
  );
  stage.discord.refuseGateway(false);
  await stage.ready();
  await stage.until('Health being good', async () => (await health()) === 200);
  await stage.chooseAnnouncements();
  await stage.craft('star_compass');
  await stage.discord.waitForMessage(stage.news, undefined, { within: 30_000 });
  const identified = stage.discord.log.entries.filter(
    (entry) => entry.kind === 'gateway' && entry.what === 'identified',
  );
  expect(identified).toHaveLength(1);
});

test('commands that Discord did not take are registered again', async () => {
  const stage = await Stage.set();
  const refusing = stage.discord.faults.answer(
    'PUT /applications/*/commands',
    { status: 403, code: 20_012 },
    { times: 1 },
  );
  stage.launchBot();
  await stage.bot.logged(({ msg }) => msg.startsWith('Discord did not take the commands'));
  expect(refusing.hits).toBe(1);
  await stage.ready();
  expect((await stage.craft('campfire')).embeds[0]?.title).toBe('You start on 🔥 Campfire');
});

test('a single 401 does not silence the bot', async () => {
  const stage = await Stage.open({ environment: { GAME_SPEED: '60' } });
  await stage.chooseAnnouncements();
  stage.discord.faults.answer('POST /channels/*/messages', { status: 401 }, { times: 1 });
  await stage.craft('star_compass');
  const told = () => stage.query<{ state: string }>('SELECT state FROM announcements');
  await stage.until(
    'All being sent',
    () => told().length > 0 && told().every(({ state }) => state === 'sent'),
  );
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
});

test('a token that is refused for good while the bot runs ends it with a sentence', async () => {
  const stage = await Stage.open();
  stage.discord.dropGateway({ code: 4_004 });
  expect(await stage.bot.exited).toBe(1);
  expect(stage.bot.errors).toContain('Discord ended the connection for good (close code 4004)');
});

test('a stop in the middle of many orders leaves none without an answer that was carried out', async () => {
  const stage = await Stage.open();
  const seats = Array.from({ length: 60 }, (_, index) => {
    const player = stage.discord.addUser({ name: `Player ${index}` });
    stage.discord.addMember(stage.guild, player);
    return stage.discord.as(player, stage.workshop);
  });
  const orders = seats.map((seat) => seat.command('/craft', { recipe: 'campfire' }));
  await stage.until('The first being carried out', () => stage.count('crafts') > 0);
  expect(await stage.bot.stop()).toBe(0);
  const answered = orders.filter(({ state }) => state === 'answered');
  expect(answered).toHaveLength(stage.count('crafts'));
});
