import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

const FAST = { environment: { GAME_SPEED: '60' } };

/** Where the server's announcements are sent to. */
const sending = (stage: Stage) => `POST /channels/${stage.news.id}/messages`;

/** What became of what was to be announced, the oldest first. */
const announced = (stage: Stage) =>
  stage.query<{ state: string; reason: string | null; channel: string }>(
    "SELECT state, reason, outlet_id AS channel FROM announcements WHERE audience = 'server' ORDER BY occurred_at",
  );

const isSent = (stage: Stage) => announced(stage).some(({ state }) => state === 'sent');

/** How the world stands to the channel for announcements. */
const outlet = (stage: Stage) =>
  stage.query<{ state: string; problem: string | null; detail: string | null }>(
    'SELECT state, problem, detail FROM outlets WHERE id = ?',
    stage.news.id,
  )[0];

const isPaused = (stage: Stage) => outlet(stage)?.state === 'paused';

/** Requests of the bot's to send something to the channel for announcements. */
const requests = (stage: Stage) =>
  stage.discord.log.entries.filter(
    (entry) =>
      entry.kind === 'request' &&
      entry.method === 'POST' &&
      entry.path === `/channels/${stage.news.id}/messages`,
  );

/** What the server's owner was told by direct message. */
const toldOwner = (stage: Stage) => stage.discord.messages(stage.discord.directChannel(stage.odette));

/** Nobody waits for anything: what has to wait has put itself back. */
async function expectNoWorkerHeld(stage: Stage): Promise<void> {
  const metrics = await stage.metrics();
  await stage.until('No worker being held', async () => (await metrics())('jobs_running', 'outside') === 0);
}

async function openToAnnounce(environment: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const stage = await Stage.open({ environment: { ...FAST.environment, HTTP_PORT: '0', ...environment } });
  await stage.chooseAnnouncements();
  return stage;
}

/** Starts the bot again at a later time. */
async function comeBackLater(stage: Stage, later: number): Promise<void> {
  await stage.bot.kill();
  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(later) });
}

test('while the bot may not write nothing is asked of Discord, the owner is told once, and all is told when it may', async () => {
  const stage = await openToAnnounce();
  const { discord, news } = stage;
  discord.setOverwrite(news, discord.bot, { deny: ['SendMessages'] });
  await stage.craft('star_compass');
  await stage.until('The pause', () => isPaused(stage));
  await stage.craft('star_compass', 1, stage.tobin);
  await stage.until('Both waiting', () => announced(stage).length === 2);
  expect(announced(stage).map(({ state }) => state)).toEqual(['pending', 'pending']);
  expect(outlet(stage)).toMatchObject({ problem: 'missingPermissions' });
  expect(requests(stage)).toEqual([]);
  await stage.until('The owner being told', () => toldOwner(stage).length > 0);
  await expectNoWorkerHeld(stage);

  discord.removeOverwrite(news, discord.bot);
  await stage.until('All being told', () => announced(stage).every(({ state }) => state === 'sent'));
  expect(discord.messages(news).map(({ embeds }) => embeds.length)).toEqual([2]);
  expect(outlet(stage)).toMatchObject({ state: 'open', problem: null });
  const [told] = toldOwner(stage);
  expect(toldOwner(stage)).toHaveLength(1);
  expect(told?.embeds[0]?.description).toContain(`I see <#${news.id}> but may not write there.`);
  expect(discord.counters.invalid).toBe(0);
});

test('what Discord says of a channel while it has lost sight of the server is no reason to pause it', async () => {
  const stage = await openToAnnounce();
  const { discord, guild, news } = stage;
  discord.setAvailable(guild, false);
  using refused = discord.faults.answer(sending(stage), { status: 403, code: 50001 });
  await stage.craft('star_compass');
  await stage.until('Discord having been asked', () => requests(stage).length > 0);
  await expectNoWorkerHeld(stage);
  expect(isPaused(stage)).toBe(false);
  expect(announced(stage).map(({ state }) => state)).toEqual(['pending']);

  refused.remove();
  discord.setAvailable(guild, true);
  await stage.until('It being told', () => announced(stage).every(({ state }) => state === 'sent'));
  expect(discord.messages(news).map(({ embeds }) => embeds.length)).toEqual([1]);
  expect(toldOwner(stage)).toEqual([]);
});

test('a permission that was given back while the bot was away is noticed when it is back', async () => {
  const stage = await openToAnnounce();
  const { discord, news } = stage;
  discord.setOverwrite(news, discord.bot, { deny: ['ViewChannel'] });
  await stage.craft('star_compass');
  await stage.until('The pause', () => isPaused(stage));
  expect(outlet(stage)).toMatchObject({ problem: 'missingAccess' });
  await stage.bot.kill();
  discord.removeOverwrite(news, discord.bot);
  await stage.startBot();
  await stage.until('It being told', () => isSent(stage));
  expect(discord.messages(news)).toHaveLength(1);
});

test.each([
  [403, 50_013, 'missingPermissions'],
  [403, 50_001, 'missingAccess'],
  [403, 340_002, 'refused'],
])(
  'a refusal by %i and code %i that nothing foretold pauses the channel, which is tried again by itself',
  async (status, code, problem) => {
    const stage = await openToAnnounce();
    using refusal = stage.discord.faults.answer(sending(stage), { status, code });
    await stage.craft('star_compass');
    await stage.until('The pause', () => isPaused(stage));
    expect(outlet(stage)).toMatchObject({ problem, detail: `${status}: injected` });
    await stage.craft('star_compass', 1, stage.tobin);
    await stage.until('Both waiting', () => announced(stage).length === 2);
    await stage.until('The owner being told', () => toldOwner(stage).length > 0);
    await expectNoWorkerHeld(stage);
    expect(refusal.hits).toBe(1);

    refusal.remove();
    await comeBackLater(stage, HOUR);
    await stage.until('All being told', () => announced(stage).every(({ state }) => state === 'sent'));
    expect([stage.discord.messages(stage.news).length, toldOwner(stage).length]).toEqual([1, 1]);
  },
);

test('what was to be told in a channel that is gone is told in the next one that is chosen', async () => {
  const stage = await openToAnnounce();
  const { discord, news, workshop } = stage;
  discord.removeChannel(news);
  await stage.craft('star_compass');
  await stage.until('The pause', () => isPaused(stage));
  expect(outlet(stage)).toMatchObject({ problem: 'channelGone' });
  await stage.until('The owner being told', () => toldOwner(stage).length === 1);
  expect(announced(stage)).toMatchObject([{ state: 'pending' }]);
  await expectNoWorkerHeld(stage);

  const herald = discord.addChannel(stage.guild, { name: 'herald' });
  await discord.as(stage.odette, workshop).command('/config announcements', { channel: herald }).message();
  await stage.until('It being told', () => isSent(stage));
  expect(announced(stage)).toMatchObject([{ channel: herald.id }]);
  expect(discord.messages(herald)).toHaveLength(1);
});

test('what may have arrived in a channel that is gone was read by nobody: it is told in the next one', async () => {
  const stage = await openToAnnounce();
  const { discord, news, workshop } = stage;
  const held = discord.faults.hold(sending(stage), { when: 'after', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  await stage.bot.kill();
  held.release();
  discord.removeChannel(news);

  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(HOUR) });
  await stage.until('The pause', () => isPaused(stage));
  expect(outlet(stage)).toMatchObject({ problem: 'channelGone' });
  const herald = discord.addChannel(stage.guild, { name: 'herald' });
  await discord.as(stage.odette, workshop).command('/config announcements', { channel: herald }).message();
  await stage.until('It being told', () => isSent(stage));
  expect(discord.messages(herald)).toHaveLength(1);
});

test('what nobody wants announced any more is not, and the reason is kept', async () => {
  const stage = await openToAnnounce();
  stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['SendMessages'] });
  await stage.craft('star_compass');
  await stage.until('The pause', () => isPaused(stage));
  await stage.discord
    .as(stage.odette, stage.workshop)
    .command('/config announcements', { off: true })
    .message();
  expect(announced(stage)).toMatchObject([{ state: 'undeliverable', reason: 'turnedOff' }]);
});

test('a message that Discord calls malformed is dead at once, logged with its reason, and the next one is sent', async () => {
  const stage = await openToAnnounce();
  stage.discord.faults.answer(sending(stage), { status: 400, code: 50_035 }, { times: 1 });
  await stage.craft('star_compass');
  await stage.until('The end of it', () => announced(stage)[0]?.state === 'undeliverable');
  expect(announced(stage)).toMatchObject([{ state: 'undeliverable', reason: 'malformed' }]);
  await stage.bot.logged(({ level, msg }) => level === 'error' && msg.includes('is malformed 400: injected'));

  await stage.craft('star_compass', 1, stage.tobin);
  await stage.until('The next one being sent', () => isSent(stage));
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
});

test('an announcement whose answer is lost, or that Discord answers with 500, is told once in the end', async () => {
  const stage = await openToAnnounce();
  stage.discord.faults.reset(sending(stage), { when: 'after', times: 2 });
  stage.discord.faults.answer(sending(stage), { status: 500 }, { times: 1 });
  await stage.craft('star_compass');
  await stage.until('It being sent', () => isSent(stage));
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
});

test('while every connection is reset after the message was sent no worker is held, and it is told once', async () => {
  const stage = await openToAnnounce();
  const resets = stage.discord.faults.reset(sending(stage), { when: 'after' });
  await stage.craft('star_compass');
  await stage.until('Several tries', () => resets.hits >= 2);
  await expectNoWorkerHeld(stage);
  expect(announced(stage)).toMatchObject([{ state: 'pending', reason: null }]);
  resets.remove();
  await stage.until('It being told', () => isSent(stage));
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
});

test('while somebody takes no direct messages no worker is held, and they are told in the channel', async () => {
  const stage = await openToAnnounce();
  const { discord, mira, workshop } = stage;
  await discord.as(mira, workshop).command('/notify', { about: 'everything', how: 'direct' }).message();
  discord.setDirectMessages(mira, false);
  await stage.craft('star_compass');
  await stage.until('That being noted', () => stage.count("outlets WHERE state = 'closed'") === 1);
  await expectNoWorkerHeld(stage);
  const told = "announcements WHERE json_extract(subject, '$.kind') = 'craftFinished' AND state = 'sent'";
  await stage.until('Their being told', () => stage.count(`${told} AND outlet_id = '${workshop.id}'`) === 1);
});

test('through ten minutes in which Discord answers with 500 no worker is held, and then it is told once', async () => {
  const stage = await openToAnnounce();
  const trouble = stage.discord.faults.answer('* /channels/**', { status: 500 });
  await stage.craft('star_compass');
  const attempts = () =>
    stage.query<{ attempts: number }>(
      'SELECT attempts FROM channel_messages WHERE channel_id = ?',
      stage.news.id,
    )[0]?.attempts ?? 0;
  await stage.until('Several tries', () => attempts() >= 2);
  await expectNoWorkerHeld(stage);
  expect(announced(stage)).toMatchObject([{ state: 'pending', reason: null }]);
  expect(stage.query('SELECT reason FROM channel_messages WHERE channel_id = ?', stage.news.id)).toEqual([
    { reason: 'Internal Server Error' },
  ]);

  const before = attempts();
  await comeBackLater(stage, 10 * MINUTE);
  await stage.until('It being tried further', () => attempts() > before);
  expect(announced(stage)).toMatchObject([{ state: 'pending' }]);
  trouble.remove();
  await comeBackLater(stage, 20 * MINUTE);
  await stage.until('It being told', () => isSent(stage));
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
});

test('a message whose answer was lost long ago is found in the channel, however much was written before and since', async () => {
  const stage = await openToAnnounce();
  const chat = stage.discord.as(stage.tobin, stage.news);
  const talk = () => {
    for (let line = 1; line <= 150; line++) chat.say(`line ${line}`);
  };
  talk();
  const held = stage.discord.faults.hold(sending(stage), { when: 'after', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  await stage.bot.kill();
  held.release();
  talk();

  // For Discord no time has passed: to the bot it is as if its clock had been an hour slow when it sent the message.
  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(HOUR) });
  await stage.until('It being found', () => isSent(stage));
  expect(requests(stage)).toHaveLength(1);
});

test('one that did not arrive is looked for beyond all that was written before it could have, and sent', async () => {
  const stage = await openToAnnounce();
  const chat = stage.discord.as(stage.tobin, stage.news);
  for (let line = 1; line <= 150; line++) chat.say(`line ${line}`);
  const held = stage.discord.faults.hold(sending(stage), { when: 'before', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  await stage.bot.kill();
  held.release();

  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(HOUR) });
  await stage.until('It being told', () => isSent(stage));
  const readings = stage.discord.log.entries.filter(
    (entry) =>
      entry.kind === 'request' &&
      entry.method === 'GET' &&
      entry.path === `/channels/${stage.news.id}/messages`,
  );
  expect(readings).toHaveLength(2);
  expect(
    stage.discord.messages(stage.news).filter(({ authorId }) => authorId === stage.discord.applicationId),
  ).toHaveLength(1);
});

test('where the bot may not look whether it arrived, that is unknown, with the reason, and the next one is told', async () => {
  const stage = await openToAnnounce();
  const held = stage.discord.faults.hold(sending(stage), { when: 'after', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  await stage.bot.kill();
  held.release();
  stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['ReadMessageHistory'] });

  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(HOUR) });
  await stage.until('That being recorded', () => announced(stage)[0]?.state === 'unknown');
  expect(announced(stage)).toMatchObject([{ reason: 'outcomeUnknown' }]);
  expect(stage.query('SELECT reason FROM channel_messages WHERE channel_id = ?', stage.news.id)).toEqual([
    {
      reason: 'Discord did not say whether it arrived, and the bot cannot read the history of the channel.',
    },
  ]);
  await stage.craft('star_compass', 1, stage.tobin);
  await stage.until('The next one being told', () => isSent(stage));
  expect(stage.discord.messages(stage.news)).toHaveLength(2);
});

test('after a 429 the message waits as long as Discord says, holds no worker, and is told once', async () => {
  const stage = await openToAnnounce();
  const limit = stage.discord.faults.answer(sending(stage), { status: 429, retryAfter: 5 }, { times: 1 });
  await stage.craft('star_compass');
  await limit.reached;
  await expectNoWorkerHeld(stage);
  expect(requests(stage)).toHaveLength(1);
  await stage.until('It being told', () => isSent(stage));
  const [refused, told] = requests(stage);
  expect((told?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(5_000);
  expect(requests(stage)).toHaveLength(2);
  expect(stage.query('SELECT sum(count) AS count FROM invalid_answers')).toEqual([{ count: 1 }]);
});

test('what a 429 put off is not tried earlier, though the bot starts again and more happens there', async () => {
  const stage = await openToAnnounce();
  const limit = stage.discord.faults.answer(sending(stage), { status: 429, retryAfter: 10 }, { times: 1 });
  await stage.craft('star_compass');
  await limit.reached;
  await stage.until(
    'Its being put back',
    () => stage.count("channel_messages WHERE state = 'frozen' AND audience = 'server'") === 0,
  );
  await stage.bot.kill();
  await stage.startBot();
  await stage.craft('star_compass', 1, stage.tobin);
  await stage.until(
    'Both being told',
    () => announced(stage).length === 2 && announced(stage).every(({ state }) => state === 'sent'),
  );
  const [refused, told, ...others] = requests(stage);
  expect((told?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
  expect(others).toEqual([]);
  expect(stage.discord.messages(stage.news).map(({ embeds }) => embeds.length)).toEqual([2]);
});

test('what happens while a message is under way goes into the next one, and only one is under way', async () => {
  const stage = await openToAnnounce();
  const held = stage.discord.faults.hold(sending(stage), { when: 'before', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  await stage.craft('star_compass', 1, stage.tobin);
  await stage.craft('star_compass', 1, stage.odette);
  await stage.until('All of it waiting', () => announced(stage).length === 3);
  const revision = () =>
    stage.query<{ revision: number }>(
      'SELECT revision FROM outbox WHERE key = ?',
      `discordNotify:${stage.news.id}`,
    )[0]?.revision ?? 0;
  const before = revision();
  // Each run that finds another one at it asks for the next.
  await stage.until('Other runs having come by', () => revision() >= before + 3);
  expect(requests(stage)).toEqual([]);
  held.release();
  await stage.until('All being told', () => announced(stage).every(({ state }) => state === 'sent'));
  const [first, second] = stage.discord.messages(stage.news);
  expect([first?.embeds.length, second?.embeds.length]).toEqual([1, 2]);
});

test('nothing is sent to a server that the bot has left, and after its return only what is new is told', async () => {
  const stage = await openToAnnounce();
  const { discord, guild } = stage;
  discord.setOverwrite(stage.news, discord.bot, { deny: ['SendMessages'] });
  await stage.craft('star_compass');
  await stage.until('The pause', () => isPaused(stage));
  // What can be told is told: a message on its way at that moment would be one that nobody could have held back.
  await stage.until(
    'The others being told',
    () => stage.count("announcements WHERE audience <> 'server' AND state <> 'sent'") === 0,
  );
  // One more is under way when the bot is thrown out.
  await stage.discord.as(stage.tobin, stage.workshop).command('/craft', { recipe: 'star_compass' }).message();
  const from = discord.mark();
  discord.removeGuild(guild);
  await stage.until('That being noted', () => announced(stage)[0]?.reason === 'leftServer');
  await stage.until(
    'The end of the other craft',
    () => stage.count("crafts WHERE state = 'completed'") === 2,
  );
  // The channel was to be tried again a minute after it was paused.
  const isWaitedFor = () => stage.count("outbox WHERE task = 'discordNotify'") > 0;
  await stage.until('Nothing being waited for', () => !isWaitedFor(), 180_000);
  expect(announced(stage)).toMatchObject([
    { state: 'undeliverable', reason: 'leftServer' },
    { state: 'undeliverable', reason: 'leftServer' },
  ]);
  expect(stage.count("announcements WHERE state IN ('pending', 'inbox')")).toBe(0);
  const sent = discord.log.entries.filter(
    (entry) => entry.seq > from && entry.kind === 'request' && entry.path.endsWith('/messages'),
  );
  expect(sent).toEqual([]);

  discord.addBot(guild);
  discord.removeOverwrite(stage.news, discord.bot);
  await stage.craft('star_compass', 1, stage.odette);
  await stage.until('The new one being told', () => isSent(stage));
  expect(discord.messages(stage.news).map(({ embeds }) => embeds.length)).toEqual([1]);
});

test('that the bot was thrown out while it was away is noticed before anything is sent', async () => {
  const stage = await openToAnnounce();
  const held = stage.discord.faults.hold(sending(stage), { when: 'before', times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  await stage.bot.kill();
  held.release();
  stage.discord.removeGuild(stage.guild);
  const from = stage.discord.mark();
  await stage.startBot();
  await stage.until('That being noted', () => announced(stage)[0]?.reason === 'leftServer');
  // It may have arrived before.
  expect(announced(stage)).toMatchObject([{ state: 'unknown' }]);
  await stage.until(
    'Nothing being waited for',
    () => stage.count("outbox WHERE task = 'discordNotify'") === 0,
  );
  expect(
    stage.discord.log.entries.filter(
      (entry) => entry.seq > from && entry.kind === 'request' && entry.path.endsWith('/messages'),
    ),
  ).toEqual([]);
});

test('what a player asked for is done although its answer was lost: they are told not to ask again', async () => {
  const stage = await Stage.open();
  stage.discord.faults.answer('POST /interactions/*/*/callback', { status: 400, code: 50_035 }, { times: 1 });
  const answer = await stage.craft('campfire');
  expect(answer.content).toMatch(
    /^Discord had trouble showing you the answer\. What you asked for may be done/,
  );
  expect(stage.count('crafts')).toBe(1);
});

test('what a player is told and what the server is told go their own ways, also where both are the same channel', async () => {
  const stage = await Stage.open(FAST);
  const odette = stage.discord.as(stage.odette, stage.workshop);
  await odette.command('/config announcements', { channel: stage.workshop }).message();
  await stage.craft('star_compass');
  await stage.until(
    'Both being told',
    () =>
      stage.count(
        "announcements WHERE state = 'sent' AND json_extract(subject, '$.kind') IN ('rareItem', 'craftFinished')",
      ) === 2,
  );
  const cards = stage.discord.messages(stage.workshop).flatMap(({ embeds }) => embeds);
  expect(cards.filter(({ title }) => title?.startsWith('Rare work'))).toHaveLength(1);
  expect(
    cards.filter(({ description }) => description?.startsWith(`<@${stage.mira.id}>, your`)),
  ).toHaveLength(1);
  for (const { allowedMentions } of sentBy(stage)) expect(allowedMentions).toEqual({ parse: [] });
});

/** What was sent to the workshop by the bot itself, not as an answer. */
function sentBy(stage: Stage) {
  return stage.query<{ body: string }>('SELECT body FROM channel_messages').map(({ body }) => ({
    allowedMentions: (JSON.parse(body) as Record<string, unknown>)['allowed_mentions'],
  }));
}

test('health tells when Discord is away, and when it is back', async () => {
  const stage = await Stage.open({ environment: { HTTP_PORT: '0' } });
  const { port } = await stage.bot.logged(({ msg }) => msg.startsWith('Health and metrics'));
  const discordIsThere = async () => {
    const response = await fetch(`http://127.0.0.1:${String(port)}/health`);
    return ((await response.json()) as { discord: boolean }).discord;
  };
  expect(await discordIsThere()).toBe(true);
  stage.discord.refuseGateway(true);
  stage.discord.dropGateway();
  await stage.until('The loss being told', async () => !(await discordIsThere()));
  stage.discord.refuseGateway(false);
  await stage.until('The return being told', discordIsThere);
  expect((await stage.craft('campfire')).embeds[0]?.title).toBe('You start on 🔥 Campfire');
});
