import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand, testPieces } from '../support/bot-process.ts';
import { HOUR } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

/** A stage whose bot has more pieces, with the folder in which faults are switched on and off. */
async function stageWith(
  pieces: string,
): Promise<{ stage: Stage; on(fault: string): void; off(fault: string): void }> {
  const stage = await Stage.set({
    environment: { GAME_SPEED: '60', DEVELOPMENT_PIECES: testPieces(pieces) },
  });
  const faults = join(stage.folder, 'faults');
  mkdirSync(faults);
  return {
    stage,
    on: (fault) => writeFileSync(join(faults, fault), ''),
    off: (fault) => rmSync(join(faults, fault)),
  };
}

test('a listener that throws takes nobody else along, and does its part once when the fault is gone', async () => {
  const { stage, on, off } = await stageWith('failing-listeners');
  on('throw');
  await stage.startBot({ TEST_FAULTS: join(stage.folder, 'faults') });
  await stage.craft('campfire');
  await stage.until(
    'Both deliveries being recorded',
    () => stage.count("deliveries WHERE state = 'pending'") === 2,
  );

  // The item and what the others do is there, the effects of those that threw are not, nor what they published.
  expect(stage.has('campfire')).toBeGreaterThanOrEqual(1);
  expect(stage.query("SELECT quantity FROM balances WHERE asset = 'xp'")).toEqual([{ quantity: 10 }]);
  expect(stage.count("events WHERE name = 'xpGranted'")).toBe(1);
  expect(stage.count("events WHERE name = 'userLeveledUp'")).toBe(0);
  expect(stage.count("daily_counts WHERE metric = 'itemsCrafted'")).toBe(1);
  expect(stage.count("daily_counts WHERE metric = 'testEffect'")).toBe(0);

  off('throw');
  await stage.until('The deliveries succeeding', () => stage.count('deliveries') === 0);
  expect(stage.query("SELECT value FROM daily_counts WHERE metric = 'testEffect'")).toEqual([{ value: 1 }]);
  expect(stage.query("SELECT quantity FROM balances WHERE asset = 'xp'")).toEqual([{ quantity: 1_010 }]);
  expect(stage.count("events WHERE name = 'xpGranted'")).toBe(2);
  expect(stage.count("events WHERE name = 'userLeveledUp'")).toBe(1);
  expect(stage.discrepancies()).toEqual([]);
});

test('a listener that throws for ever ends up dead and listed; an operator replays it beside the running bot', async () => {
  const { stage, on, off } = await stageWith('failing-listeners');
  const environment = { DATA_DIR: stage.folder };
  const faults = { TEST_FAULTS: join(stage.folder, 'faults') };
  on('throw');
  await stage.startBot(faults);
  await stage.craft('campfire');
  await stage.until('Both deliveries being recorded', () => stage.count('deliveries') === 2);
  // Each start is hours later, so that each is the time of the next tries.
  for (let starts = 1; stage.count("deliveries WHERE state = 'dead'") < 2; starts++) {
    expect(starts).toBeLessThan(12);
    const attempts = () =>
      stage.query<{ sum: number }>('SELECT sum(attempts) AS sum FROM deliveries')[0]?.sum ?? 0;
    const before = attempts();
    await stage.bot.kill();
    await stage.startBot({ ...faults, DEVELOPMENT_CLOCK_OFFSET: String(starts * 2 * HOUR) });
    await stage.until('Both being tried again', () => attempts() >= before + 2);
  }
  const offset = { DEVELOPMENT_CLOCK_OFFSET: String(40 * HOUR) };
  const listed = await runCommand('deliveries', ['list'], environment);
  expect(listed.output).toMatch(
    /^\S+ countThenThrow {2}\(itemCrafted in server \d+, 10 attempts\) {2}The fault of the test\.$/m,
  );
  expect(listed.output).toMatch(/^\S+ publishThenThrow /m);

  const [eventId = ''] = listed.output.split(' ');
  const discarded = await runCommand('deliveries', ['discard', eventId, 'publishThenThrow'], environment);
  expect(discarded).toMatchObject({ code: 0, output: `publishThenThrow will never get ${eventId}.\n` });

  off('throw');
  const replayed = await runCommand('deliveries', ['replay', '--all'], environment);
  expect(replayed).toMatchObject({ code: 0, output: 'Tried again: 1.\n' });
  await stage.until('The delivery succeeding', () => stage.count('deliveries') === 0);
  expect(stage.query("SELECT value FROM daily_counts WHERE metric = 'testEffect'")).toEqual([{ value: 1 }]);
  expect(await runCommand('deliveries', ['list'], { ...environment, ...offset })).toMatchObject({
    code: 0,
    output: 'No delivery is dead: every listener has done its part, or is still trying.\n',
  });
});

test('a full database inside a listener: nothing of the action remains, and the player is told', async () => {
  const { stage, on, off } = await stageWith('full-database');
  await stage.startBot({ TEST_FAULTS: join(stage.folder, 'faults') });
  await stage.craft('campfire');
  const everything = () =>
    ['crafts', 'events', 'ledger', 'balances', 'outbox', 'deliveries', 'daily_counts'].map((table) =>
      stage.count(table),
    );
  await stage.until('The first craft being done', () => stage.count('outbox') === 0);
  const before = everything();

  on('full');
  const told = await stage.craft('campfire');
  expect(told.visibleTo).toBe(stage.mira.id);
  expect(told.content).toMatch(
    /^Something went wrong on our side, and nothing was changed\..*`[0-9A-F]{8}`$/,
  );
  expect(everything()).toEqual(before);
  await stage.bot.logged(({ msg }) => msg.includes('The transaction was given up'));

  // The same bot goes on when there is room again.
  off('full');
  const again = await stage.craft('oak_plank');
  expect(again.embeds[0]?.title).toContain('You start on');
  expect(stage.discrepancies()).toEqual([]);
});
