import { expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';

const FAST = { environment: { GAME_SPEED: '60' } };

/** Where the server's announcements are sent to. */
const sending = (stage: Stage) => `POST /channels/${stage.news.id}/messages`;

/** What became of them. */
const announced = (stage: Stage) =>
  stage.query('SELECT state FROM announcements WHERE channel_id = ?', stage.news.id);

const isSent = (stage: Stage) => announced(stage).some(({ state }) => state === 'sent');

test.each([
  ['the permission is gone', 403, 50_013, 'The bot may not write in the channel.'],
  ['the channel is gone', 404, 10_003, 'The channel is gone.'],
  ['Discord has a reason of its own', 400, 50_024, 'Discord refused the message: '],
])(
  'an announcement that Discord refuses because %s ends with that reason, and the next one is sent',
  async (_why, status, code, reason) => {
    const stage = await Stage.open(FAST);
    await stage.chooseAnnouncements();
    stage.discord.faults.answer(sending(stage), { status, code }, { times: 1 });
    await stage.craft('star_compass');
    await stage.until(
      'The refusal being recorded',
      () => stage.count("channel_messages WHERE state = 'undeliverable'") === 1,
    );
    expect(announced(stage)).toEqual([{ state: 'undeliverable' }]);
    const [failed] = stage.query<{ reason: string }>(
      'SELECT reason FROM channel_messages WHERE channel_id = ?',
      stage.news.id,
    );
    expect(failed?.reason).toContain(reason);
    await stage.bot.logged(
      ({ level, msg }) => level === 'warn' && msg.includes(`is undeliverable: ${reason}`),
    );

    await stage.craft('star_compass', 1, stage.tobin);
    await stage.until('The next one being sent', () => isSent(stage));
    expect(stage.discord.messages(stage.news)).toHaveLength(1);
  },
);

test('an announcement whose answer is lost, or that Discord answers with 500, is told once in the end', async () => {
  const stage = await Stage.open(FAST);
  await stage.chooseAnnouncements();
  stage.discord.faults.reset(sending(stage), { when: 'after', times: 2 });
  stage.discord.faults.answer(sending(stage), { status: 500 }, { times: 5 });
  await stage.craft('star_compass');
  await stage.until('It being sent', () => isSent(stage));
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
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
