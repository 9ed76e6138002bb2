import { describe, expect, test } from 'vitest';
import { engagementObserved } from '../../src/events/engagementObserved.ts';
import type { Dispatch } from '../../src/world/event.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import { createGameBench, type GameBench, MINUTE, MIRA, SECOND, TOBIN, WORKSHOP } from '../support/game.ts';

const KEY = `processEngagement:${MIRA.guildId}`;

/** The game with the tally that `tallyEngagement` keeps. */
function createBench(): GameBench {
  const bench = createGameBench();
  bench.bus.emitter.on('engagementObserved', (dispatch: Dispatch) =>
    dispatch.deliver('tallyEngagement', ({ guildId, userId, data }, tx) =>
      bench.game.engagement.tally(tx, guildId, userId ?? '', (data as { kind: 'message' }).kind),
    ),
  );
  return bench;
}

function observe(
  bench: GameBench,
  kind: 'message' | 'reaction' | 'command' = 'message',
  userId = MIRA.userId,
): void {
  const { guildId } = MIRA;
  bench.act((tx) => tx.publish(engagementObserved, { guildId, userId, data: { kind, channelId: WORKSHOP } }));
}

/** Runs the job if it is due, as the queue does: the request stays until the job has ended. */
function process(bench: GameBench): boolean {
  const request = bench.world.outbox.find(KEY);
  if (!request || request.runAt > bench.clock.now()) return false;
  bench.act((tx) => bench.game.engagement.process(tx, MIRA.guildId));
  bench.world.outbox.settle(request.revision);
  return true;
}

const xp = (bench: GameBench, holder = MIRA) =>
  bench.game.progression.progress(bench.world.reader, holder).xp;
const dueAt = (bench: GameBench) => bench.world.outbox.find(KEY)?.runAt;

describe('taking part', () => {
  test('is worth XP once its minute is over', () => {
    const bench = createBench();
    observe(bench, 'message');
    observe(bench, 'command');
    expect(process(bench)).toBe(false);
    bench.clock.advance(MINUTE);
    expect(process(bench)).toBe(true);
    expect(xp(bench)).toBe(3);
    expect(bench.published('engagementRewarded')).toMatchObject([{ ...MIRA, data: { points: 3, xp: 3 } }]);
    expect(bench.published('xpGranted')).toMatchObject([{ data: { amount: 3, reason: 'engagement' } }]);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('is paid once, and nothing is waited for when all is paid', () => {
    const bench = createBench();
    observe(bench);
    bench.clock.advance(MINUTE);
    process(bench);
    expect(dueAt(bench)).toBeUndefined();
    bench.act((tx) => bench.game.engagement.process(tx, MIRA.guildId));
    expect(xp(bench)).toBe(1);
    expect(bench.published('engagementRewarded')).toHaveLength(1);
  });

  test('leaves no row of the event, only the tally', () => {
    const bench = createBench();
    observe(bench);
    expect(bench.published()).toEqual([]);
  });

  test('by flooding earns no more than a minute can, in every minute anew', () => {
    const bench = createBench();
    for (let minute = 0; minute < 3; minute++) {
      for (let message = 0; message < 50; message++) observe(bench);
      bench.clock.advance(MINUTE);
    }
    process(bench);
    expect(xp(bench)).toBe(15);
  });

  test('of one person takes nothing from the ceiling of another', () => {
    const bench = createBench();
    for (let message = 0; message < 50; message++) observe(bench);
    observe(bench, 'message', TOBIN.userId);
    bench.clock.advance(MINUTE);
    process(bench);
    expect([xp(bench), xp(bench, TOBIN)]).toEqual([5, 1]);
  });

  test('worth less than one XP in all is told but pays nothing', () => {
    const bench = createBench();
    observe(bench, 'reaction');
    bench.clock.advance(MINUTE);
    process(bench);
    expect(xp(bench)).toBe(0);
    expect(bench.published('engagementRewarded')).toMatchObject([{ data: { points: 0.5, xp: 0 } }]);
  });
});

describe('the job that pays', () => {
  test('comes at the end of the first minute, however much is written meanwhile', () => {
    const bench = createBench();
    observe(bench);
    const due = bench.clock.now() + MINUTE;
    for (let second = 0; second < 300; second++) {
      bench.clock.advance(SECOND);
      observe(bench);
    }
    expect(dueAt(bench)).toBe(due);
  });

  test('comes back at the end of the minute that is still open, not at once and again and again', () => {
    const bench = createBench();
    observe(bench);
    bench.clock.advance(MINUTE + 10 * SECOND);
    observe(bench);
    expect(process(bench)).toBe(true);
    expect(dueAt(bench)).toBe(bench.clock.now() - 10 * SECOND + MINUTE);
    expect(process(bench)).toBe(false);
    bench.clock.advance(50 * SECOND);
    expect(process(bench)).toBe(true);
    expect(xp(bench)).toBe(2);
  });

  test('pays everybody, however many they are, in portions', () => {
    const bench = createBench();
    const people = Array.from({ length: 450 }, (_, person) => `${300000000000000000n + BigInt(person)}`);
    for (const userId of people) observe(bench, 'message', userId);
    bench.clock.advance(MINUTE);
    let runs = 0;
    while (process(bench)) runs++;
    expect(runs).toBe(3);
    expect(people.filter((userId) => xp(bench, { ...MIRA, userId }) !== 1)).toEqual([]);
    expect(dueAt(bench)).toBeUndefined();
  });

  test('of one server leaves the tallies of another alone', () => {
    const bench = createBench();
    observe(bench);
    bench.clock.advance(MINUTE);
    bench.act((tx) => bench.game.engagement.process(tx, 'elsewhere'));
    expect(xp(bench)).toBe(0);
    process(bench);
    expect(xp(bench)).toBe(1);
  });
});
