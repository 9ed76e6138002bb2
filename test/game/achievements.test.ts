import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { dailyClaimed } from '../../src/events/dailyClaimed.ts';
import { upgradeEvent } from '../../src/events/define-event.ts';
import { engagementRewarded } from '../../src/events/engagementRewarded.ts';
import { itemCrafted } from '../../src/events/itemCrafted.ts';
import { unlockedAchievements } from '../../src/game/achievements/achievements.table.ts';
import { UNLOCKS_PER_BATCH } from '../../src/game/achievements/achievements.ts';
import type { Catalog } from '../../src/game/content/catalog.ts';
import { createGame, type Game } from '../../src/game/game.ts';
import { measureId, readMeasure } from '../../src/game/measures/measure.ts';
import { measureCounts, measureFacts } from '../../src/game/measures/measures.table.ts';
import { EVENTS_PER_BATCH } from '../../src/game/measures/measures.ts';
import type { Dispatch, DomainEvent } from '../../src/world/event.ts';
import type { Holder } from '../../src/world/ledger.ts';
import { projections } from '../../src/world/projections.table.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { catalogWith } from '../support/content.ts';
import { createGameBench, type GameBench, HOUR, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';

const LISTENER = 'trackAchievements';

const HUNDRED = {
  tier: 'silver',
  emoji: '🏆',
  goal: 100,
  counts: { event: 'itemCrafted', sum: 'quantity' },
};
const SWORDS = {
  ...HUNDRED,
  goal: 3,
  counts: { event: 'itemCrafted', sum: 'quantity', where: { itemId: 'iron_sword' } },
};
const KINDS = { ...HUNDRED, goal: 2, counts: { event: 'itemCrafted', distinct: 'itemId' } };
const STREAK = { ...HUNDRED, goal: 5, counts: { event: 'dailyClaimed', most: 'streak' } };
const POINTS = { ...HUNDRED, goal: 2, counts: { event: 'engagementRewarded', sum: 'points' } };
const COLLECTOR = { ...HUNDRED, goal: 2, counts: { event: 'achievementUnlocked' } };

const ONLY_HUNDRED = catalogWith({ achievements: { hundred: HUNDRED } });

interface Bench extends GameBench {
  readonly game: Game;
  /** As if the bot were started anew with this content. */
  restart(catalog: Catalog): void;
  /** Does what the job does until there is nothing left to do. @returns how often that was */
  replay(): number;
}

/** A world in which achievements are counted as they happen. */
function createBench(catalog: Catalog = ONLY_HUNDRED): Bench {
  const bench = createGameBench();
  const source = { current: catalog };
  const game = createGame(source, { current: configSchema.parse({}) });
  bench.bus.emitter.on('*', (_name, dispatch) => {
    if (game.achievements.hears(dispatch.event))
      (dispatch as Dispatch).deliver(LISTENER, (event, tx) => observe(game, event, tx));
  });
  const begin = () => bench.act((tx) => game.achievements.begin(tx));
  begin();
  return {
    ...bench,
    game,
    restart: (next) => {
      source.current = next;
      begin();
    },
    replay: () => {
      let runs = 0;
      for (; isRequested(bench); runs++) replayOnce(bench, game);
      return runs;
    },
  };
}

/** What the listener is to do besides; a test makes it fail. */
let mishap: (event: DomainEvent) => void = () => undefined;

function observe(game: Game, event: DomainEvent, tx: Tx): void {
  game.achievements.observe(tx, upgradeEvent(event));
  mishap(event);
}

function isRequested({ world }: GameBench): boolean {
  return world.outbox.find('replayEvents:achievements') !== undefined;
}

/** One run of the job. */
function replayOnce(bench: GameBench, game: Game): void {
  const revision = bench.world.outbox.find('replayEvents:achievements')?.revision;
  bench.act((tx) => game.achievements.replayNext(tx));
  if (revision !== undefined) bench.world.outbox.settle(revision);
}

function craft(tx: Tx, quantity: number, holder: Holder = MIRA, itemId = 'campfire'): DomainEvent {
  const data = {
    craftId: 'a craft',
    recipeId: itemId,
    itemId,
    rarity: 'common',
    crafted: quantity,
    masterworks: 0,
    quantity,
    xp: 0,
    channelId: WORKSHOP,
  } as const;
  return tx.publish(itemCrafted, { ...holder, data });
}

const progress = (bench: Bench, id: string, holder = MIRA) =>
  bench.game.achievements
    .progress(bench.world.reader, holder)
    .find(({ achievement }) => achievement.id === id);

const unlocks = (bench: Bench) =>
  bench.published('achievementUnlocked').map(({ userId, data }) => ({ userId, ...(data as object) }));

describe('an achievement', () => {
  test('is unlocked by what reaches its goal, and not before', () => {
    const bench = createBench();
    bench.act((tx) => craft(tx, 99));
    expect(progress(bench, 'hundred')).toMatchObject({ value: 99, unlockedAt: null });
    bench.clock.advance(HOUR);
    bench.act((tx) => craft(tx, 1));
    expect(progress(bench, 'hundred')).toMatchObject({ value: 100, unlockedAt: bench.clock.now() });
    expect(unlocks(bench)).toEqual([{ userId: MIRA.userId, achievementId: 'hundred', retroactive: false }]);
  });

  test('is unlocked once, however much is done', () => {
    const bench = createBench();
    bench.act((tx) => craft(tx, 250));
    const unlockedAt = progress(bench, 'hundred')?.unlockedAt;
    bench.clock.advance(HOUR);
    bench.act((tx) => craft(tx, 100));
    expect(progress(bench, 'hundred')).toMatchObject({ value: 350, unlockedAt });
    expect(unlocks(bench)).toHaveLength(1);
  });

  test('is counted for each person, in each server', () => {
    const bench = createBench();
    for (const holder of [MIRA, TOBIN, { ...MIRA, guildId: 'elsewhere' }])
      bench.act((tx) => craft(tx, 60, holder));
    expect(progress(bench, 'hundred')?.value).toBe(60);
    expect(unlocks(bench)).toEqual([]);
  });

  test('over achievements counts them, itself too, and comes to an end', () => {
    const bench = createBench(
      catalogWith({
        achievements: {
          collector: COLLECTOR,
          more: { ...COLLECTOR, goal: 4 },
          hundred: HUNDRED,
          swords: SWORDS,
        },
      }),
    );
    bench.act((tx) => craft(tx, 100, MIRA, 'iron_sword'));
    expect(unlocks(bench).map((each) => 'achievementId' in each && each.achievementId)).toEqual([
      'hundred',
      'swords',
      'collector',
    ]);
    expect(progress(bench, 'more')).toMatchObject({ value: 3, unlockedAt: null });
  });

  test('counts what has fractions, and different things once', () => {
    const bench = createBench(catalogWith({ achievements: { points: POINTS, kinds: KINDS } }));
    bench.act((tx) => {
      for (let run = 0; run < 19; run++)
        tx.publish(engagementRewarded, { ...MIRA, data: { points: 0.1, xp: 0, items: [] } });
      craft(tx, 5);
      craft(tx, 5);
    });
    expect(progress(bench, 'points')).toMatchObject({ value: 1.9, unlockedAt: null });
    expect(progress(bench, 'kinds')).toMatchObject({ value: 1, unlockedAt: null });
    bench.act((tx) => {
      tx.publish(engagementRewarded, { ...MIRA, data: { points: 0.1, xp: 0, items: [] } });
      craft(tx, 1, MIRA, 'iron_sword');
    });
    expect(progress(bench, 'points')?.unlockedAt).not.toBeNull();
    expect(progress(bench, 'kinds')?.unlockedAt).not.toBeNull();
  });
});

describe('an achievement that is new in the content', () => {
  test('counts what happened before it was there, in bounded steps, and what happens meanwhile once', () => {
    const bench = createBench();
    const before = EVENTS_PER_BATCH * 4;
    bench.act((tx) => {
      for (let run = 0; run < before; run++) craft(tx, 1, MIRA, 'iron_sword');
    });
    bench.restart(catalogWith({ achievements: { hundred: HUNDRED, swords: { ...SWORDS, goal: 10_000 } } }));
    replayOnce(bench, bench.game);
    expect(progress(bench, 'swords')?.value).toBe(EVENTS_PER_BATCH);
    bench.act((tx) => craft(tx, 7, MIRA, 'iron_sword'));
    expect(bench.replay()).toBeGreaterThanOrEqual(3);
    expect(progress(bench, 'swords')?.value).toBe(before + 7);
    expect(progress(bench, 'hundred')?.value).toBe(before + 7);
    expect(isRequested(bench)).toBe(false);
  });

  test('counts nothing twice when a step is killed before its end', () => {
    const bench = createBench();
    bench.act((tx) => {
      for (let run = 0; run < EVENTS_PER_BATCH + 1; run++) craft(tx, 1, MIRA, 'iron_sword');
    });
    bench.restart(catalogWith({ achievements: { hundred: HUNDRED, swords: { ...SWORDS, goal: 10_000 } } }));
    for (let step = 0; step < 2; step++) {
      expect(() =>
        bench.act((tx) => {
          bench.game.achievements.replayNext(tx);
          throw new Error('Killed.');
        }),
      ).toThrow('Killed.');
      replayOnce(bench, bench.game);
    }
    expect(progress(bench, 'swords')?.value).toBe(EVENTS_PER_BATCH + 1);
  });

  test('is unlocked for who had earned it, as something of the past, in bounded steps', () => {
    const bench = createBench(catalogWith({ achievements: { far: { ...HUNDRED, goal: 1_000 } } }));
    const people = UNLOCKS_PER_BATCH * 2 + 5;
    bench.act((tx) => {
      for (let person = 0; person < people; person++) craft(tx, 100, { ...MIRA, userId: `1${person}` });
      craft(tx, 99, TOBIN);
    });
    bench.restart(ONLY_HUNDRED);
    replayOnce(bench, bench.game);
    expect(unlocks(bench)).toHaveLength(UNLOCKS_PER_BATCH);
    bench.replay();
    expect(unlocks(bench)).toHaveLength(people);
    expect(new Set(unlocks(bench).map(({ userId }) => userId)).size).toBe(people);
    expect(unlocks(bench).every((each) => 'retroactive' in each && each.retroactive === true)).toBe(true);
    // From now on it is like any other.
    bench.act((tx) => craft(tx, 1, TOBIN));
    expect(unlocks(bench).at(-1)).toEqual({
      userId: TOBIN.userId,
      achievementId: 'hundred',
      retroactive: false,
    });
  });

  test('and follows from others that are of the past is of the past itself', () => {
    const bench = createBench();
    bench.act((tx) => craft(tx, 100, MIRA, 'iron_sword'));
    bench.restart(catalogWith({ achievements: { hundred: HUNDRED, collector: COLLECTOR, swords: SWORDS } }));
    bench.replay();
    expect(unlocks(bench)).toEqual([
      { userId: MIRA.userId, achievementId: 'hundred', retroactive: false },
      { userId: MIRA.userId, achievementId: 'swords', retroactive: true },
      { userId: MIRA.userId, achievementId: 'collector', retroactive: true },
    ]);
  });

  test('with a goal that came down is unlocked for who is beyond it by now', () => {
    const bench = createBench();
    bench.act((tx) => craft(tx, 60));
    bench.restart(catalogWith({ achievements: { hundred: { ...HUNDRED, goal: 50 } } }));
    bench.replay();
    expect(unlocks(bench)).toEqual([{ userId: MIRA.userId, achievementId: 'hundred', retroactive: true }]);
  });

  test('and was there before, counts also what happened while it was gone', () => {
    const bench = createBench(catalogWith({ achievements: { hundred: HUNDRED, kinds: KINDS } }));
    bench.act((tx) => craft(tx, 1));
    bench.restart(catalogWith({ achievements: { streak: STREAK } }));
    bench.act((tx) => craft(tx, 1, MIRA, 'iron_sword'));
    expect(bench.world.reader.select().from(measureFacts).all()).toEqual([]);
    bench.restart(catalogWith({ achievements: { hundred: HUNDRED, kinds: KINDS } }));
    bench.replay();
    expect(progress(bench, 'hundred')?.value).toBe(2);
    expect(progress(bench, 'kinds')?.value).toBe(2);
  });

  test('asks for nothing when nothing has happened yet, and starts at once', () => {
    const bench = createBench();
    expect(isRequested(bench)).toBe(false);
    bench.restart(ONLY_HUNDRED);
    expect(isRequested(bench)).toBe(false);
  });
});

describe('an event whose delivery failed', () => {
  test('before a new achievement began counts once: in the replay, and not again when it is tried again', () => {
    const bench = createBench();
    mishap = () => {
      throw new Error('Not today.');
    };
    const event = bench.act((tx) => craft(tx, 10, MIRA, 'iron_sword'));
    mishap = () => undefined;
    expect(progress(bench, 'hundred')?.value).toBe(0);
    bench.restart(catalogWith({ achievements: { hundred: HUNDRED, swords: SWORDS } }));
    bench.replay();
    expect(progress(bench, 'swords')?.value).toBe(10);
    redeliver(bench, event.id);
    expect(progress(bench, 'swords')?.value).toBe(10);
    expect(progress(bench, 'hundred')?.value).toBe(10);
  });
});

function redeliver(bench: Bench, eventId: string): void {
  const event = bench.world.eventLog.find(eventId);
  if (event) bench.world.redeliver(event, LISTENER, (stored, tx) => observe(bench.game, stored, tx));
}

const CONTENTS = [
  ONLY_HUNDRED,
  catalogWith({ achievements: { hundred: HUNDRED, swords: SWORDS, collector: COLLECTOR } }),
  catalogWith({ achievements: { kinds: KINDS, streak: STREAK, points: POINTS } }),
  catalogWith({
    achievements: {
      hundred: { ...HUNDRED, goal: 20 },
      swords: SWORDS,
      kinds: KINDS,
      streak: STREAK,
      points: POINTS,
      collector: COLLECTOR,
    },
  }),
] as const;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('happen'),
      who: fc.constantFrom(MIRA, TOBIN),
      what: fc.constantFrom('craft', 'sword', 'daily', 'points'),
      amount: fc.integer({ min: 1, max: 30 }),
      fails: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replayOnce') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retry') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('restart'), content: fc.nat({ max: CONTENTS.length - 1 }) }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

function take(bench: Bench, next: Step): void {
  if (next.kind === 'replayOnce') replayOnce(bench, bench.game);
  if (next.kind === 'retry') retryAll(bench);
  if ('content' in next) bench.restart(CONTENTS[next.content] ?? ONLY_HUNDRED);
  if ('what' in next) happen(bench, next);
}

function happen(bench: Bench, { who, what, amount, fails }: Extract<Step, { what: string }>): void {
  mishap = () => {
    if (fails) throw new Error('Not today.');
  };
  bench.act((tx) => {
    if (what === 'craft') craft(tx, amount, who);
    if (what === 'sword') craft(tx, 1, who, 'iron_sword');
    if (what === 'daily')
      tx.publish(dailyClaimed, { ...who, data: { day: '2026-11-23', streak: amount, items: [], xp: 0 } });
    if (what === 'points')
      tx.publish(engagementRewarded, { ...who, data: { points: amount / 10, xp: 0, items: [] } });
  });
  mishap = () => undefined;
}

function retryAll(bench: Bench): void {
  for (let open = bench.world.deliveries.list('pending', 1_000); open.length > 0; ) {
    for (const { eventId } of open) redeliver(bench, eventId);
    open = bench.world.deliveries.list('pending', 1_000);
  }
}

/** What everybody has of everything, added up from the log and nothing else. */
function fromTheLog(bench: Bench): Map<string, number> {
  const values = new Map<string, number>();
  const facts = new Set<string>();
  for (const event of bench.published().map(upgradeEvent)) {
    const measures = new Map(
      [...bench.game.catalog.current.achievements.values()].map(({ counts }) => [measureId(counts), counts]),
    );
    for (const [id, measure] of measures) {
      const key = `${event.userId} ${id}`;
      const reading = readMeasure(measure, event);
      const before = values.get(key) ?? 0;
      if (reading?.kind === 'add') values.set(key, Math.round((before + reading.amount) * 1_000) / 1_000);
      if (reading?.kind === 'atLeast') values.set(key, Math.max(before, reading.amount));
      for (const fact of reading?.kind === 'facts' ? reading.facts : []) {
        if (!facts.has(`${key} ${fact}`)) values.set(key, (values.get(key) ?? 0) + 1);
        facts.add(`${key} ${fact}`);
      }
    }
  }
  return values;
}

test('whatever happens in whatever order, counted is what the log tells, and earned is what was counted', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const bench = createBench();
      for (const next of steps) take(bench, next);
      retryAll(bench);
      bench.replay();
      const expected = fromTheLog(bench);
      for (const holder of [MIRA, TOBIN]) {
        for (const { achievement, value, unlockedAt } of bench.game.achievements.progress(
          bench.world.reader,
          holder,
        )) {
          const { id, counts, goal } = achievement;
          expect([id, value]).toEqual([id, expected.get(`${holder.userId} ${measureId(counts)}`) ?? 0]);
          if (value >= goal) expect([id, unlockedAt]).not.toEqual([id, null]);
        }
      }
      const told = bench.published('achievementUnlocked').map(({ userId, data }) => [userId, data]);
      const rows = bench.world.reader.select().from(unlockedAchievements).all();
      expect(told).toHaveLength(rows.length);
    }),
    { numRuns: 100 },
  );
});

test('a world that was counted as it happened is as one that was counted from its log', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const everything = CONTENTS[3];
      const bench = createBench(everything);
      for (const next of steps) if ('what' in next) happen(bench, { ...next, fails: false });
      const counted = () => ({
        counts: bench.world.reader.select().from(measureCounts).all(),
        facts: bench.world.reader.select().from(measureFacts).all(),
      });
      const live = counted();
      bench.act((tx) => {
        for (const table of [measureCounts, measureFacts, projections]) tx.db.delete(table).run();
      });
      bench.restart(everything);
      bench.replay();
      const inOrder = ({ counts, facts }: typeof live) =>
        [counts, facts].map((rows) => rows.map((row) => JSON.stringify(row)).sort());
      expect(inOrder(counted())).toEqual(inOrder(live));
    }),
    { numRuns: 40 },
  );
});
