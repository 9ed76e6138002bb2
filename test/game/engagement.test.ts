import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import type { EventOf } from '../../src/events/define-event.ts';
import { engagementObserved } from '../../src/events/engagementObserved.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import type { Content } from '../../src/game/content/schema.ts';
import { Engagement, type Observation } from '../../src/game/engagement/engagement.ts';
import { engagementTallies } from '../../src/game/engagement/engagement-tallies.table.ts';
import { rollFinds } from '../../src/game/engagement/finds.ts';
import {
  ENGAGEMENT_WEIGHTS,
  engagementEnabled,
  ignoredChannels,
} from '../../src/game/engagement/settings.ts';
import type { SettingDefinition } from '../../src/game/settings/definitions.ts';
import { withChannels, withoutChannels } from '../../src/game/settings/types/channels.ts';
import { xpFactor } from '../../src/game/terms/settings.ts';
import type { Dispatch } from '../../src/world/event.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import { seededRandom } from '../../src/world/random.ts';
import {
  createGameBench,
  type GameBench,
  HOUR,
  MINUTE,
  MIRA,
  SECOND,
  TOBIN,
  WORKSHOP,
} from '../support/game.ts';

const KEY = `processEngagement:${MIRA.guildId}`;
const LIBRARY = '800000000000000002';
const THREAD = '800000000000000003';
const ADMIN = { guildId: MIRA.guildId, userId: '100000000000000009' };

type Kind = Observation['kind'];

interface EngagementBench extends GameBench {
  readonly engagement: Engagement;
}

interface BenchOptions {
  readonly rules?: Partial<ReturnType<typeof configSchema.parse>['game']['engagement']>;
  /** What can be found; by default nothing, so that chance leaves the tests alone. */
  readonly finds?: Content['engagement'];
}

/** The game with the tally that `tallyEngagement` keeps. */
function createBench({
  rules = {},
  finds = { chancePerPoint: 0, finds: {} },
}: BenchOptions = {}): EngagementBench {
  const bench = createGameBench();
  const { players, inventory, progression, settings, terms, catalog } = bench.game;
  const { game } = configSchema.parse({});
  const engagement = new Engagement({
    players,
    inventory,
    progression,
    settings,
    terms,
    catalog: { current: Object.assign(Object.create(catalog.current), { engagement: finds }) },
    config: { current: { game: { ...game, engagement: { ...game.engagement, ...rules } } } },
  });
  bench.bus.emitter.on('engagementObserved', (dispatch: Dispatch) =>
    dispatch.deliver('tallyEngagement', ({ guildId, userId, data }, tx) =>
      engagement.tally(tx, {
        guildId,
        userId: userId ?? '',
        ...(data as EventOf<typeof engagementObserved>['data']),
      }),
    ),
  );
  return { ...bench, engagement };
}

function observe(
  bench: GameBench,
  kind: Kind = 'message',
  userId = MIRA.userId,
  channelId = WORKSHOP,
  parentId: string | null = null,
): void {
  const { guildId } = MIRA;
  bench.act((tx) => tx.publish(engagementObserved, { guildId, userId, data: { kind, channelId, parentId } }));
}

/** Runs the job if it is due, as the queue does: the request stays until the job has ended. */
function process(bench: EngagementBench): boolean {
  const request = bench.world.outbox.find(KEY);
  if (!request || request.runAt > bench.clock.now()) return false;
  bench.act((tx) => bench.engagement.process(tx, MIRA.guildId));
  bench.world.outbox.settle(request.revision);
  return true;
}

const xp = (bench: GameBench, holder = MIRA) =>
  bench.game.progression.progress(bench.world.reader, holder).xp;
const dueAt = (bench: GameBench) => bench.world.outbox.find(KEY)?.runAt;
const tallies = (bench: GameBench) => bench.world.reader.select().from(engagementTallies).all();

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
    bench.act((tx) => bench.engagement.process(tx, MIRA.guildId));
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

  test('worth less than one XP waits for the rest, and makes nobody a player before it is paid', () => {
    const bench = createBench();
    observe(bench, 'reaction');
    bench.clock.advance(MINUTE);
    process(bench);
    expect(xp(bench)).toBe(0);
    expect(bench.published()).toEqual([]);
    expect(bench.game.players.has(bench.world.reader, MIRA)).toBe(false);
    expect(dueAt(bench)).toBeUndefined();

    observe(bench, 'reaction');
    bench.clock.advance(MINUTE);
    process(bench);
    expect(xp(bench)).toBe(1);
    expect(bench.published('engagementRewarded')).toMatchObject([{ data: { points: 1, xp: 1 } }]);
    expect(tallies(bench)).toEqual([]);
  });

  test('ten times a tenth of a point is a whole one', () => {
    const bench = createBench({ rules: { weights: { message: 1, reaction: 0.1, command: 2 } } });
    for (let reaction = 0; reaction < 10; reaction++) observe(bench, 'reaction');
    bench.clock.advance(MINUTE);
    process(bench);
    expect(xp(bench)).toBe(1);
    expect(tallies(bench)).toEqual([]);
  });

  test('where points are worth no XP leaves nothing behind', () => {
    const bench = createBench({ rules: { xpPerPoint: 0 } });
    observe(bench);
    bench.clock.advance(MINUTE);
    process(bench);
    expect([tallies(bench), bench.published(), xp(bench)]).toEqual([[], [], 0]);
  });
});

function set<Value>(bench: EngagementBench, definition: SettingDefinition<Value>, value: Value): void {
  const { guildId, userId } = ADMIN;
  bench.act((tx) => bench.game.settings.set(tx, guildId, userId, definition, value));
}

describe('what an admin left out', () => {
  test('does not count, in the channel and in its threads, until they count it again', () => {
    const bench = createBench();
    set(bench, ignoredChannels, [LIBRARY]);
    observe(bench, 'message', MIRA.userId, LIBRARY);
    observe(bench, 'reaction', MIRA.userId, THREAD, LIBRARY);
    expect([tallies(bench), dueAt(bench)]).toEqual([[], undefined]);
    observe(bench, 'message', MIRA.userId, THREAD, WORKSHOP);
    observe(bench, 'message', MIRA.userId, WORKSHOP);
    expect(tallies(bench)).toMatchObject([{ points: 2 }]);

    set(bench, ignoredChannels, []);
    observe(bench, 'message', MIRA.userId, LIBRARY);
    expect(tallies(bench)).toMatchObject([{ points: 3 }]);
  });

  test('does not count in a server that turned it off, which takes nothing away from anybody', () => {
    const bench = createBench();
    observe(bench);
    set(bench, engagementEnabled, false);
    observe(bench);
    bench.clock.advance(MINUTE);
    process(bench);
    expect(xp(bench)).toBe(1);
    expect(bench.published('settingsChanged')).toMatchObject([
      { userId: ADMIN.userId, data: { setting: engagementEnabled.name, before: true, after: false } },
    ]);
  });

  test('is named once, however often it is asked for, and not more often than fits', () => {
    const { type } = ignoredChannels;
    const many = Array.from({ length: 49 }, (_, channel) => `${700000000000000000n + BigInt(channel)}`);
    const once = withChannels(type, withChannels(type, [], [LIBRARY]), [LIBRARY]);
    expect(withoutChannels(once, [WORKSHOP])).toEqual([LIBRARY]);
    const full = withChannels(type, once, many);
    expect(full).toHaveLength(50);
    expect(() => withChannels(type, full, [THREAD])).toThrow(
      expect.objectContaining({ code: 'tooManyChannels', facts: { count: 50 } }),
    );
    expect(withChannels(type, full, [LIBRARY])).toEqual(full);
  });
});

describe('what an admin sets', () => {
  test('are points for each kind of taking part; what is not set is as the operator has it', () => {
    const bench = createBench();
    set(bench, ENGAGEMENT_WEIGHTS.message, 0);
    set(bench, ENGAGEMENT_WEIGHTS.reaction, 2.5);
    observe(bench, 'message');
    observe(bench, 'reaction');
    observe(bench, 'command');
    expect(tallies(bench)).toMatchObject([{ points: 4.5 }]);
    expect(bench.engagement.rules(bench.world.reader, 'elsewhere').weights).toEqual({
      message: 1,
      reaction: 0.5,
      command: 2,
    });
  });

  test('is how much XP points bring, by the minute in which they were earned', () => {
    const bench = createBench();
    const until = bench.clock.now() + MINUTE;
    set(bench, xpFactor, { base: 1, boost: { factor: 3, until } });
    observe(bench);
    bench.clock.advance(MINUTE);
    process(bench);
    expect(xp(bench)).toBe(3);
    observe(bench);
    bench.clock.advance(MINUTE);
    process(bench);
    expect(xp(bench)).toBe(4);
  });

  test('is how much XP points bring in each minute, however late the job comes', () => {
    const bench = createBench();
    const until = bench.clock.now() + MINUTE;
    set(bench, xpFactor, { base: 1, boost: { factor: 3, until } });
    for (let minute = 0; minute < 2; minute++) {
      observe(bench);
      bench.clock.advance(MINUTE);
    }
    process(bench);
    expect(xp(bench)).toBe(4);
    expect(bench.published('engagementRewarded')).toMatchObject([{ data: { points: 2, xp: 4 } }]);
    expect(tallies(bench)).toEqual([]);
  });

  test('lets half a point wait for the other half, whatever the factor', () => {
    const bench = createBench();
    set(bench, xpFactor, { base: 0.5, boost: null });
    for (let minute = 0; minute < 2; minute++) {
      observe(bench);
      bench.clock.advance(MINUTE);
      process(bench);
    }
    expect(xp(bench)).toBe(1);
    expect(bench.published('engagementRewarded')).toMatchObject([{ data: { points: 2, xp: 1 } }]);
  });
});

describe('a find', () => {
  const ALWAYS = { chancePerPoint: 1, finds: { oak_log: 1 } };

  test('comes with the XP, is told in the same event and is in the ledger', () => {
    const bench = createBench({ finds: ALWAYS });
    observe(bench);
    bench.clock.advance(MINUTE);
    process(bench);
    const [starter] = bench.game.catalog.current.starter.filter(({ itemId }) => itemId === 'oak_log');
    const held = bench.game.inventory.list(bench.world.reader, MIRA).get('oak_log');
    expect(held).toBe((starter?.quantity ?? 0) + 1);
    expect(bench.published('engagementRewarded')).toMatchObject([
      { data: { points: 1, xp: 1, items: [{ itemId: 'oak_log', quantity: 1 }] } },
    ]);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('comes also where the points are too few for XP, and those points bring no second one', () => {
    const bench = createBench({ finds: ALWAYS });
    observe(bench, 'reaction');
    bench.clock.advance(MINUTE);
    process(bench);
    bench.act((tx) => bench.engagement.process(tx, MIRA.guildId));
    expect(bench.published('engagementRewarded')).toMatchObject([{ data: { points: 0, xp: 0 } }]);
    expect(tallies(bench)).toMatchObject([{ points: 0.5 }]);
  });

  test('is the same when the same run is done again', () => {
    const found = (cause: string) =>
      rollFinds(seededRandom(cause), { chancePerPoint: 0.9, finds: { stone: 3, coal: 5, wool: 1 } }, 3);
    for (const cause of ['first', 'second', 'third']) expect(found(cause)).toEqual(found(cause));
  });

  test('comes as often as the points say, and is what the weights say', () => {
    const random = seededRandom('many evenings at the tavern');
    const engagement = { chancePerPoint: 0.1, finds: { stone: 3, coal: 1 } };
    const rolls = Array.from({ length: 20_000 }, () => rollFinds(random, engagement, 2)).flat();
    const share = rolls.filter(({ itemId }) => itemId === 'stone').length / rolls.length;
    expect(rolls.length / 20_000).toBeCloseTo(1 - 0.9 ** 2, 1);
    expect(share).toBeCloseTo(3 / 4, 1);
    expect(rollFinds(random, { chancePerPoint: 0, finds: { stone: 1 } }, 100)).toEqual([]);
    expect(rollFinds(random, { chancePerPoint: 1, finds: {} }, 100)).toEqual([]);
  });
});

describe('what taking part has brought', () => {
  const WORDS = { xp: 3, items: [{ itemId: 'coal', quantity: 1 }] };
  const NEWS_KEY = `tellEngagement:${MIRA.guildId}`;
  const told = (bench: GameBench) => bench.world.reader.select().from(announcements).all();

  function createNewsBench(wanted: boolean) {
    const bench = createBench();
    const { players, preferences, engagementNews: news } = bench.game;
    bench.act((tx) => players.ensure(tx, { ...MIRA, channelId: WORKSHOP, locale: 'de' }));
    const want = (value: boolean) =>
      bench.act((tx) => preferences.set(tx, MIRA, notificationWay('engagement'), value ? 'quiet' : 'off'));
    want(wanted);
    const collect = () => bench.act((tx) => news.collect(tx, MIRA, WORDS.xp, WORDS.items));
    const tell = () => {
      bench.clock.advance(HOUR);
      bench.act((tx) => news.tellDue(tx, MIRA.guildId));
    };
    return { bench, want, collect, tell, newsAt: () => bench.world.outbox.find(NEWS_KEY)?.runAt };
  }

  test('is told to nobody who did not ask for it', () => {
    const { bench, collect, tell, newsAt } = createNewsBench(false);
    collect();
    tell();
    expect([told(bench), newsAt()]).toEqual([[], undefined]);
  });

  test('is told once an hour, added up, in the channel where they played last', () => {
    const { bench, collect, tell, newsAt } = createNewsBench(true);
    const start = bench.clock.now();
    collect();
    bench.clock.advance(30 * MINUTE);
    collect();
    expect(newsAt()).toBe(start + HOUR);
    bench.clock.advance(30 * MINUTE);
    bench.act((tx) => bench.game.engagementNews.tellDue(tx, MIRA.guildId));
    expect(told(bench)).toHaveLength(1);
    tell();
    expect(told(bench)).toMatchObject([
      {
        ...MIRA,
        channelId: WORKSHOP,
        subject: { kind: 'engagement', xp: 6, items: [{ itemId: 'coal', quantity: 2 }] },
      },
    ]);
  });

  test('is told to each when their own hour is over, by one job for all of a server', () => {
    const { bench, want, collect, newsAt } = createNewsBench(true);
    const { act, game, clock } = bench;
    const start = clock.now();
    act((tx) => game.players.ensure(tx, { ...TOBIN, channelId: WORKSHOP, locale: 'de' }));
    act((tx) => game.preferences.set(tx, TOBIN, notificationWay('engagement'), 'quiet'));
    want(true);
    collect();
    clock.advance(30 * MINUTE);
    act((tx) => game.engagementNews.collect(tx, TOBIN, 5, []));
    collect();
    clock.advance(30 * MINUTE);
    act((tx) => game.engagementNews.tellDue(tx, MIRA.guildId));
    expect(told(bench).map(({ userId }) => userId)).toEqual([MIRA.userId]);
    expect(newsAt()).toBe(start + 90 * MINUTE);
    clock.advance(30 * MINUTE);
    act((tx) => game.engagementNews.tellDue(tx, MIRA.guildId));
    expect(told(bench).map(({ userId }) => userId)).toEqual([MIRA.userId, TOBIN.userId]);
  });

  test('is not told to who has changed their mind meanwhile, not even later', () => {
    const { bench, want, collect, tell } = createNewsBench(true);
    collect();
    want(false);
    tell();
    want(true);
    tell();
    expect(told(bench)).toEqual([]);
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
    bench.act((tx) => bench.engagement.process(tx, 'elsewhere'));
    expect(xp(bench)).toBe(0);
    process(bench);
    expect(xp(bench)).toBe(1);
  });
});

describe('whatever is observed and whenever the job runs', () => {
  const kind = fc.constantFrom<Kind>('message', 'reaction', 'command');
  const userId = fc.constantFrom(MIRA.userId, TOBIN.userId);
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind, userId }) },
    { weight: 2, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 150 }) }) },
    { weight: 1, arbitrary: fc.constant('process' as const) },
  );
  // Whole numbers of tenths and hundredths, so that what is right can be reckoned exactly.
  const rules = fc.record({
    message: fc.integer({ min: 0, max: 30 }),
    reaction: fc.integer({ min: 0, max: 30 }),
    command: fc.integer({ min: 0, max: 30 }),
    pointsPerMinute: fc.integer({ min: 1, max: 60 }),
    xpPerPoint: fc.integer({ min: 1, max: 250 }),
  });

  test('what is paid are the points under the ceiling of each minute, whole XP of them, and nothing is lost', () => {
    fc.assert(
      fc.property(rules, fc.array(step, { maxLength: 60 }), (tenths, steps) => {
        const bench = createBench({
          rules: {
            weights: {
              message: tenths.message / 10,
              reaction: tenths.reaction / 10,
              command: tenths.command / 10,
            },
            pointsPerMinute: tenths.pointsPerMinute / 10,
            xpPerPoint: tenths.xpPerPoint / 100,
          },
        });
        const minutes = new Map<string, number>();
        for (const each of steps) {
          if (each === 'process') process(bench);
          else if ('wait' in each) bench.clock.advance(each.wait * SECOND);
          else {
            observe(bench, each.kind, each.userId);
            const minute = `${each.userId} ${Math.floor(bench.clock.now() / MINUTE)}`;
            const points = (minutes.get(minute) ?? 0) + tenths[each.kind];
            minutes.set(minute, Math.min(points, tenths.pointsPerMinute));
          }
        }
        bench.clock.advance(2 * MINUTE);
        while (process(bench));
        for (const holder of [MIRA, TOBIN]) {
          const points = [...minutes]
            .filter(([minute]) => minute.startsWith(holder.userId))
            .reduce((total, [, each]) => total + each, 0);
          expect(xp(bench, holder)).toBe(Math.floor((points * tenths.xpPerPoint) / 1_000));
        }
        expect(dueAt(bench)).toBeUndefined();
        expect(verifyLedger(bench.world.reader)).toEqual([]);
      }),
    );
  });

  test('a job that comes once, late, pays what one after each minute pays, whatever counts in which', () => {
    const factor = fc.integer({ min: 1, max: 40 }).map((quarters) => quarters / 4);
    const terms = fc.record({ base: factor, boosted: factor, minutes: fc.nat(6) });
    const messages = fc.array(fc.nat(7), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(terms, messages, fc.integer({ min: 1, max: 250 }), (each, minutes, hundredths) => {
        const paid = [true, false].map((isPunctual) => {
          const bench = createBench({ rules: { xpPerPoint: hundredths / 100 } });
          const until = bench.clock.now() + each.minutes * MINUTE;
          const value = { base: each.base, boost: { factor: each.boosted, until } };
          bench.act((tx) => bench.game.settings.set(tx, MIRA.guildId, ADMIN.userId, xpFactor, value));
          for (const written of minutes) {
            for (let message = 0; message < written; message++) observe(bench);
            bench.clock.advance(MINUTE);
            if (isPunctual) process(bench);
          }
          process(bench);
          return { xp: xp(bench), rest: tallies(bench) };
        });
        expect(paid[1]).toEqual(paid[0]);
      }),
      { numRuns: 50 },
    );
  });
});
