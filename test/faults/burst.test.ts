import { expect, test } from 'vitest';
import { seededRandom } from '../../src/world/random.ts';
import { testPieces } from '../support/bot-process.ts';
import { Stage } from '../support/stage.ts';
import { expectToldOnce, ownMessages, toldIn, untilAllTold } from '../support/told-once.ts';

const PIECES = 1_000;
const SPACING = 5_000;
const BUDGET = 30;

/** The stage with so many servers, each with a channel for announcements and some workshops. */
async function openServers(
  count: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const stage = await Stage.set({
    environment: { DEVELOPMENT_PIECES: testPieces('burst'), LOG_LEVEL: 'info', ...environment },
  });
  const { discord } = stage;
  discord.removeGuild(stage.guild);
  const places = Array.from({ length: count }, (_, index) => {
    const guild = discord.addGuild({ name: `Server ${index}`, owner: stage.odette });
    const news = discord.addChannel(guild, { name: 'news' });
    const [workshop] = Array.from({ length: 20 / Math.min(count, 10) }, (_each, number) =>
      discord.addChannel(guild, { name: `workshop-${number}` }),
    );
    return { news, workshop };
  });
  await stage.startBot();
  await Promise.all(
    places.map(({ news, workshop }) =>
      discord
        .as(stage.odette, workshop ?? news)
        .command('/config announcements', { channel: news })
        .message(),
    ),
  );
  return stage;
}

function burst(stage: Stage, pieces: number, seed: string) {
  const [channel] = [...stage.discord.directory.channels.values()].filter(
    (each) => each.kind === 'guild' && each.name === 'workshop-0',
  );
  if (!channel) throw new Error('There is no workshop.');
  return stage.discord.as(stage.odette, channel).command('/burst', { pieces, seed });
}

/** What was sent to each channel, in order. */
function byChannel(stage: Stage) {
  return Map.groupBy(
    ownMessages(stage).toSorted((one, other) => one.createdAt - other.createdAt),
    ({ channelId }) => channelId,
  );
}

/** Expects that no channel got two messages closer together than its server wants. */
function expectSpaced(stage: Stage): void {
  for (const [channelId, messages] of byChannel(stage)) {
    const gaps = messages
      .slice(1)
      .map(({ createdAt }, index) => createdAt - (messages[index]?.createdAt ?? 0));
    for (const gap of gaps)
      expect(gap, `between two messages in ${channelId}`).toBeGreaterThanOrEqual(SPACING);
  }
}

/** How many jobs that reach outside run right now. */
async function workersHeld(stage: Stage): Promise<number | undefined> {
  return (await (await stage.metrics())())('jobs_running', 'outside');
}

test('1,000 rare crafts at once in one server are all told in few messages, and no 429 is earned', async () => {
  const stage = await openServers(1);
  await burst(stage, PIECES, 'one server').message();
  await untilAllTold(stage);
  expectToldOnce(stage);
  expectSpaced(stage);
  const news = ownMessages(stage).filter(({ channelId }) => isNews(stage, channelId));
  expect(news.length).toBeLessThanOrEqual(BUDGET);
  expect(news.reduce((sum, message) => sum + toldIn(message), 0)).toBe(
    stage.count("announcements WHERE audience = 'server'"),
  );
  expect(stage.count("announcements WHERE json_extract(subject, '$.kind') = 'rareItem'")).toBe(PIECES);
  expect(stage.discord.counters).toMatchObject({ rateLimited: 0, invalid: 0 });
  expect(stage.discord.refusals).toEqual([]);
});

test('1,000 rare crafts at once over 100 channels are all told, no worker is held, and no 429 is earned', async () => {
  const stage = await openServers(100, { HTTP_PORT: '0' });
  await burst(stage, PIECES, 'hundred servers').message();
  // All that is left waits for its time, and nobody waits with it.
  await stage.until(
    'Something waiting',
    async () => stage.count("announcements WHERE state = 'pending'") > 0,
  );
  await stage.until('Nobody waiting with it', async () => (await workersHeld(stage)) === 0);
  await untilAllTold(stage);
  expectToldOnce(stage);
  expectSpaced(stage);
  expect(stage.count("announcements WHERE json_extract(subject, '$.kind') = 'rareItem'")).toBe(PIECES);
  expect(stage.discord.counters).toMatchObject({ rateLimited: 0, invalid: 0 });
  expect(stage.discord.refusals).toEqual([]);
});

/** `KILLS=50 npx vitest run test/faults/burst.test.ts` kills as often as the promise says; each takes some seconds. */
const KILLS = Number(process.env['KILLS'] ?? 6);

test(
  'killed again and again at any instant of bursts of rare work, nothing is lost and nothing told twice',
  async () => {
    const stage = await openServers(10);
    for (let seed = 1; seed <= KILLS; seed++) {
      await killDuring(stage, seed);
      await stage.startBot();
    }
    await untilAllTold(stage, 120_000);
    expectToldOnce(stage);
    expectSpaced(stage);
    expect(stage.count('announcements')).toBeGreaterThan(100 * KILLS);
    expect(stage.discord.counters.rateLimited).toBe(0);
    expect(stage.discord.refusals).toEqual([]);
  },
  60_000 + KILLS * 60_000,
);

/** Lets a burst begin and kills the bot in it, at an instant that the seed says. */
async function killDuring(stage: Stage, seed: number): Promise<void> {
  const random = seededRandom(`kill ${seed}`);
  const { discord } = stage;
  const when = (['before', 'after', undefined] as const)[random.integer(0, 2)];
  const nth = random.integer(1, 15);
  const order = burst(stage, 100, `seed ${seed}`);
  order.answered.catch(() => undefined);
  if (when) {
    // While a message is on its way to Discord, or its answer on the way back.
    let seen = 0;
    using held = discord.faults.hold(
      ({ method, path }) => method === 'POST' && /^\/channels\/\d+\/messages$/.test(path) && ++seen === nth,
      { when, times: 1 },
    );
    await held.reached;
    await stage.bot.kill();
    return;
  }
  const from = discord.mark() + stage.count('channel_messages');
  const steps = random.integer(1, 60);
  await stage.until(
    'So much having happened',
    () => discord.mark() + stage.count('channel_messages') - from >= steps,
  );
  await stage.bot.kill();
}

function isNews(stage: Stage, channelId: string): boolean {
  const channel = stage.discord.directory.channels.get(channelId);
  return channel?.kind === 'guild' && channel.name === 'news';
}
