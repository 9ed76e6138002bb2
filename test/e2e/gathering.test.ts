import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../support/game.ts';
import { Stage } from '../support/stage.ts';
import { refusal } from '../support/unchanged.ts';

const FAST = { environment: { GAME_SPEED: '6000' } };
const WOODS = 'whispering_woods';
const LONG_AGO = { DEVELOPMENT_CLOCK_OFFSET: String(30 * HOUR) };

/** Waits until the news of a trip is there, and returns it. */
async function returned(stage: Stage, trips = 1) {
  await stage.until(
    'The player being told',
    () => stage.count("announcements WHERE state = 'sent'") === trips,
  );
  const message = stage.discord.messages(stage.workshop).at(-1);
  if (!message) throw new Error('Nothing was said.');
  return message;
}

test('a trip is started, shown while it lasts, tells what it brought, and is repeated by its button', async () => {
  const stage = await Stage.join(FAST);
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const before = stage.has('oak_log') || 20;
  const started = await mira.command('/gather', { place: WOODS }).message();
  expect(started.visibleTo).toBeNull();
  expect(started.embeds[0]).toMatchObject({
    title: 'You set out: 🌲 Whispering Woods',
    description: expect.stringMatching(/^Back <t:\d+:R>\nTo be found there: 🪵 Oak Log, .*\nWorth \d+ XP/),
  });

  const news = await returned(stage);
  const [trip] = stage.query<{ found: string; channel_id: string }>('SELECT * FROM trips');
  const found = JSON.parse(trip?.found ?? '[]') as { itemId: string; quantity: number }[];
  expect(stage.has('oak_log') - before).toBe(found.find(({ itemId }) => itemId === 'oak_log')?.quantity);
  expect(news.embeds[0]).toMatchObject({
    title: 'Back from 🌲 Whispering Woods',
    description: expect.stringContaining(`<@${stage.mira.id}> has found ${found[0]?.quantity} × 🪵 Oak Log`),
  });
  expect(stage.count("ledger WHERE asset = 'xp'")).toBe(1);

  // Nobody else's button, and only once.
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  expect(await refusal(stage, () => tobin.press(news, 'Go again: Whispering Woods'))).toContain(
    'somebody else’s trip',
  );
  const again = await mira.press(news, 'Go again: Whispering Woods').message();
  expect(again.embeds[0]?.title).toBe('You set out: 🌲 Whispering Woods');
  await returned(stage, 2);
  expect(await refusal(stage, () => mira.press(news, 'Go again: Whispering Woods'))).toBe(
    'You have set out again from here already. `/gather` shows where you are.',
  );
  expect(stage.discord.refusals).toEqual([]);
  expect(stage.discrepancies()).toEqual([]);
});

test('pressed twenty times at once, or delivered twice, one trip begins', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  await mira.command('/gather', { place: WOODS }, { delivery: 'twice' }).message();
  expect(stage.count('trips')).toBe(1);
  await stage.bot.stop();
  await stage.startBot(LONG_AGO);
  const news = await returned(stage);

  const presses = Array.from({ length: 20 }, () => mira.press(news, 'Go again: Whispering Woods'));
  const answers = await Promise.all(presses.map((press) => press.message()));
  expect(answers.filter(({ visibleTo }) => visibleTo === null)).toHaveLength(1);
  expect(stage.count('trips')).toBe(2);
  const orders = Array.from({ length: 50 }, () =>
    stage.discord.as(stage.tobin, stage.workshop).command('/gather', { place: WOODS }),
  );
  await Promise.all(orders.map((order) => order.message()));
  expect(stage.count('trips')).toBe(3);
  expect(stage.discrepancies()).toEqual([]);
});

test('a trip that fell due while the bot was down ends at the start, dated at its due time', async () => {
  const stage = await Stage.open();
  await stage.discord.as(stage.mira, stage.workshop).command('/gather', { place: WOODS }).message();
  const [trip] = stage.query<{ started_at: number; returns_at: number }>('SELECT * FROM trips');
  expect((trip?.returns_at ?? 0) - (trip?.started_at ?? 0)).toBe(10 * MINUTE);
  await stage.bot.kill();

  await stage.startBot(LONG_AGO);
  await returned(stage);
  expect(stage.query('SELECT state, ended_at FROM trips')).toEqual([
    { state: 'completed', ended_at: trip?.returns_at },
  ]);
  for (const event of ['itemsGathered', 'xpGranted']) {
    expect(stage.query('SELECT occurred_at FROM events WHERE name = ?', event)).toEqual([
      { occurred_at: trip?.returns_at },
    ]);
  }
  expect(stage.discrepancies()).toEqual([]);
});

test('turning back is asked about, also after a restart, and done once', async () => {
  const stage = await Stage.open();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  await mira.command('/gather', { place: WOODS }).message();
  const shown = await mira.command('/gather').message();
  expect(shown.visibleTo).toBe(stage.mira.id);
  expect(shown.embeds[0]).toMatchObject({
    title: 'You are out: 🌲 Whispering Woods',
    description: expect.stringMatching(/^Back <t:\d+:R>/),
  });

  const first = await mira.press(shown, 'Turn back').message();
  expect(first.visibleTo).toBe(stage.mira.id);
  expect(first.content).toMatch(
    /^Turn back from 🌲 Whispering Woods\? You would come home with empty hands\.\nKeep going, and you are back <t:\d+:R>\.$/,
  );
  expect((await mira.press(first, 'Keep going').message()).content).toBe('You keep going.');
  expect(stage.query('SELECT state FROM trips')).toEqual([{ state: 'active' }]);

  const question = await mira.press(shown, 'Turn back').message();
  await stage.bot.stop();
  await stage.startBot();
  const presses = Array.from({ length: 20 }, () => mira.press(question, 'Turn back'));
  const answers = await Promise.all(presses.map((press) => press.message()));
  const contents = answers.map(({ content }) => content);
  expect(contents.filter((content) => content.startsWith('You turned back from 🌲'))).toHaveLength(20);
  expect(new Set(contents).size).toBe(2);
  expect(stage.query('SELECT state FROM trips')).toEqual([{ state: 'cancelled' }]);
  expect(stage.count("events WHERE name = 'gatheringCancelled'")).toBe(1);
  expect(stage.has('oak_log')).toBe(20);
  await mira.command('/gather', { place: WOODS }).message();
});

describe('what may go wrong', () => {
  test('is answered in words, only to them, and changes nothing', async () => {
    const stage = await Stage.join();
    const mira = stage.discord.as(stage.mira, stage.workshop);
    const gather = (place: string, supplies = false) => mira.command('/gather', { place, supplies });

    expect(await refusal(stage, () => gather('atlantis'))).toBe(
      'There is no place called “atlantis”. Pick one from the list that opens while you type.',
    );
    expect(await refusal(stage, () => gather('skyfall_crater'))).toMatch(
      /is too far for you yet: \S+ Skyfall Crater\. It needs level \d+, and you are level 1\./,
    );
    expect(await refusal(stage, () => gather(WOODS, true))).toBe(
      'Nothing that you could take along helps in 🌲 Whispering Woods. Set out without supplies.',
    );
    expect(await refusal(stage, () => gather('old_quarry', true))).toMatch(/^You have no .* to take along/);

    const started = await gather(WOODS).message();
    expect(await refusal(stage, () => gather(WOODS))).toMatch(
      /^You are out already: 🌲 Whispering Woods\. You are back <t:\d+:R>; `\/gather` shows the trip\.$/,
    );
    const tripId = stage.query<{ id: string }>('SELECT id FROM trips')[0]?.id;
    const tobin = stage.discord.as(stage.tobin, stage.workshop);
    expect(await refusal(stage, () => tobin.press(started, 'Turn back'))).toContain('somebody else’s trip');
    for (const handler of ['confirmTurnBack', 'keepGathering', 'repeatTrip']) {
      expect(await refusal(stage, () => tobin.pressRaw(started, `${handler}:${tripId}`))).toContain(
        'somebody else’s trip',
      );
      expect(await refusal(stage, () => mira.pressRaw(started, `${handler}:made-up`))).toContain(
        'not known here',
      );
      expect(await refusal(stage, () => mira.pressRaw(started, handler))).toContain('does not work anymore');
    }
    // Again before it is over: a button that nobody was shown.
    expect(await refusal(stage, () => mira.pressRaw(started, `repeatTrip:${tripId}`))).toContain(
      'You are out already',
    );
    await mira.press(await mira.press(started, 'Turn back').message(), 'Turn back').message();
    const over = mira.press(started, 'Turn back');
    expect((await over.followUpCount(1))[0]?.content).toMatch(
      /^You turned back from 🌲 Whispering Woods <t:\d+:R>\./,
    );
    // It will never do anything again, so it goes.
    expect(over.original).toMatchObject({ id: started.id, components: [] });
    expect(stage.discord.refusals).toEqual([]);
  });
});

test('places are listed, and offered while typing, those within reach first', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const list = await mira.command('/gather').message();
  expect(list.visibleTo).toBe(stage.mira.id);
  expect(list.embeds[0]?.title).toBe('Where to?');
  expect(list.embeds[0]?.description).toContain('**🌲 Whispering Woods** · 10 min\n🪵 Oak Log');
  expect(list.embeds[0]?.description).toMatch(/🔒 .* · from level \d+ on/);

  const choices = await mira.autocomplete('/gather', 'place', '').choices();
  expect(choices[0]?.name).toContain('Whispering Woods · 10 min · Oak Log, Stone');
  expect(choices.at(-1)?.name).toMatch(/ · from level \d+ on$/);
  const typed = await mira.autocomplete('/gather', 'place', 'wispering').choices();
  expect(typed.map(({ value }) => value)).toEqual([WOODS]);
});

test('a player with a German Discord is answered in German', async () => {
  const stage = await Stage.join(FAST);
  const greta = stage.discord.addUser({ name: 'Greta', locale: 'de' });
  stage.discord.addMember(stage.guild, greta);
  const seat = stage.discord.as(greta, stage.workshop);
  const started = await seat.command('/gather', { place: WOODS }).message();
  expect(started.embeds[0]?.title).toMatch(/^Du ziehst los: 🌲/);
  const news = await returned(stage);
  expect(news.embeds[0]?.title).toMatch(/^Zurück: 🌲/);
});
