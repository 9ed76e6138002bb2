import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quietHours } from '../../src/game/announcements/settings.ts';
import { createGameBench, HOUR, MINUTE } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

/** What became of what was to be announced. */
const announced = (stage: Stage) =>
  stage
    .query<{ state: string }>("SELECT state FROM announcements WHERE audience = 'server'")
    .map(({ state }) => state);

/** How often the bot tried to send something to the channel for announcements. */
const tries = (stage: Stage) =>
  stage.discord.log.entries.filter(
    (entry) =>
      entry.kind === 'request' &&
      entry.method === 'POST' &&
      entry.path === `/channels/${stage.news.id}/messages`,
  ).length;

/** Written while the bot is away: the server wants quiet for the twelve hours from now on. */
function wantQuiet(stage: Stage): void {
  const { world, game, act } = createGameBench({ file: join(stage.folder, 'world.sqlite') });
  const minute = Math.floor(Date.now() / MINUTE) % 1_440;
  const hours = { from: minute, until: (minute + 720) % 1_440, timeZone: 'UTC' };
  act((tx) => game.settings.set(tx, stage.guild.id, stage.odette.id, quietHours, hours));
  world.close();
}

/** The bot dies while a message is on its way to Discord, or its answer on the way back; then quiet hours begin. */
async function dieAtDusk(when: 'before' | 'after'): Promise<Stage> {
  const stage = await Stage.open({ environment: { GAME_SPEED: '60' } });
  await stage.chooseAnnouncements();
  const sending = `POST /channels/${stage.news.id}/messages`;
  using held = stage.discord.faults.hold(sending, { when, times: 1 });
  await stage.craft('star_compass');
  await held.reached;
  await stage.bot.kill();
  wantQuiet(stage);
  return stage;
}

test('what did not arrive before the quiet hours is not sent in them, and told when they are over', async () => {
  const stage = await dieAtDusk('before');
  const before = tries(stage);
  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(5 * MINUTE) });
  await stage.until(
    'Its being found out',
    () => stage.count("channel_messages WHERE state = 'frozen'") === 0,
  );
  expect([announced(stage), tries(stage) - before]).toEqual([['pending'], 0]);

  await stage.bot.kill();
  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(13 * HOUR) });
  await stage.until('Its being told', () => announced(stage).includes('sent'));
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
});

test('what arrived before the quiet hours is found in them, and not told again', async () => {
  const stage = await dieAtDusk('after');
  await stage.startBot({ DEVELOPMENT_CLOCK_OFFSET: String(5 * MINUTE) });
  await stage.until('Its being found', () => announced(stage).includes('sent'));
  expect(stage.discord.messages(stage.news)).toHaveLength(1);
});
