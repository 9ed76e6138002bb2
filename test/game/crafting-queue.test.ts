import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { playerJoined } from '../../src/events/playerJoined.ts';
import { listOpen } from '../../src/game/crafting/craft-queries.ts';
import { type Craft, crafts } from '../../src/game/crafting/crafts.table.ts';
import { Refusal } from '../../src/game/refusal.ts';
import { balances } from '../../src/world/ledger.table.ts';
import { type Holder, verifyLedger } from '../../src/world/ledger.ts';
import {
  createGameBench,
  type GameBench,
  HOUR,
  MINUTE,
  MIRA,
  SECOND,
  TOBIN,
  temporaryFolder,
  WORKSHOP,
} from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { only } from '../support/world.ts';

const MIRA_AT_WORK = { ...MIRA, channelId: WORKSHOP, locale: 'en-US' };

function craft(bench: GameBench, recipeId: string, quantity = 1, holder = MIRA): Craft {
  const order = { ...holder, channelId: WORKSHOP, recipeId, quantity };
  return bench.act((tx) => bench.game.crafting.startCraft(tx, order));
}

function cancel(bench: GameBench, { id }: Craft, holder = MIRA) {
  return bench.act((tx) => bench.game.crafting.cancelCraft(tx, holder, id, 0));
}

/** Everything of one player ends that is due. */
function settle(bench: GameBench, holder = MIRA): void {
  bench.game.dueWork.settle(bench.world, holder);
}

/** Somebody has enough of everything. */
function stock(bench: GameBench, holder = MIRA): void {
  const items = [...bench.game.catalog.current.items.keys()].map((itemId) => ({ itemId, quantity: 2_000 }));
  bench.act((tx) => {
    bench.game.players.ensure(tx, holder);
    const event = tx.publish(playerJoined, { ...holder, data: { starterItems: items } });
    bench.game.inventory.give(tx, holder, items, event);
  });
}

function reach(bench: GameBench, level: number, holder = MIRA): void {
  for (;;) {
    const progress = bench.game.progression.progress(bench.world.reader, holder);
    if (progress.level >= level) return;
    const missing = progress.toNextLevel - progress.intoLevel;
    bench.act((tx) => bench.game.progression.grantXp(tx, holder, missing, 'gathering'));
  }
}

/** The lowest level with more than one slot. */
function levelWithTwoSlots(bench: GameBench): number {
  const { catalog } = bench.game;
  let level = 1;
  while (catalog.current.perk('craftingSlots', level) < 2) level++;
  return level;
}

const now = (bench: GameBench, { id }: Craft) => bench.game.crafting.find(bench.world.reader, id);

const workbench = (bench: GameBench, holder = MIRA) =>
  bench.game.crafting.workbench(bench.world.reader, holder, bench.clock.now());

const has = (bench: GameBench, itemId: string) =>
  bench.game.inventory.list(bench.world.reader, MIRA).get(itemId) ?? 0;

function refusalOf(action: () => unknown): Refusal {
  try {
    action();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('an order for which there is no free slot', () => {
  test('waits with its materials set aside, and asks for nothing', () => {
    const bench = createGameBench();
    craft(bench, 'campfire');
    const waiting = craft(bench, 'campfire', 2);
    expect(waiting).toMatchObject({ state: 'waiting', startedAt: null, completesAt: null, place: 2 });
    expect(has(bench, 'oak_log')).toBe(14);
    expect(only(bench.published('craftQueued'))).toMatchObject({
      ...MIRA,
      data: { craftId: waiting.id, recipeId: 'campfire', quantity: 2, inputs: waiting.promise.inputs },
    });
    expect(bench.published('craftStarted')).toHaveLength(1);
    expect(bench.world.outbox.find(`completeCrafting:${waiting.id}`)).toBeUndefined();
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('is refused when the queue is full, with the time when there is room again', () => {
    const bench = createGameBench();
    const count = bench.game.catalog.current.perk('queueLength', 1);
    const first = craft(bench, 'oak_plank');
    for (let order = 0; order < count; order++) craft(bench, 'oak_plank');
    expect(refusalOf(() => craft(bench, 'oak_plank'))).toMatchObject({
      code: 'queueFull',
      facts: { count, nextFreeAt: first.completesAt },
    });
    expect(craft(bench, 'oak_plank', 1, TOBIN).state).toBe('active');
    bench.clock.advance(5 * SECOND);
    settle(bench);
    expect(craft(bench, 'oak_plank').state).toBe('waiting');
  });

  test('starts when the one before it is due, however late that is noticed, and is then asked for', () => {
    const bench = createGameBench();
    const first = craft(bench, 'campfire');
    const second = craft(bench, 'star_compass');
    const third = craft(bench, 'oak_plank');
    bench.clock.advance(20 * SECOND);
    settle(bench);
    const completesAt = (first.completesAt ?? 0) + MINUTE;
    expect(now(bench, second)).toMatchObject({
      state: 'active',
      startedAt: first.completesAt,
      completesAt,
    });
    expect(bench.published('craftStarted')[1]).toMatchObject({
      occurredAt: first.completesAt,
      data: { craftId: second.id, fromQueue: true, completesAt },
    });
    expect(bench.world.outbox.find(`completeCrafting:${second.id}`)?.runAt).toBe(completesAt);
    expect(now(bench, third)?.state).toBe('waiting');
  });

  test('comes out after a night of downtime as if nothing had been', () => {
    const bench = createGameBench();
    const first = craft(bench, 'campfire');
    const others = [craft(bench, 'star_compass'), craft(bench, 'iron_sword'), craft(bench, 'oak_plank')];
    bench.clock.advance(30 * HOUR);
    settle(bench);
    const from = first.completesAt ?? 0;
    expect(others.map((each) => now(bench, each)?.endedAt)).toEqual([
      from + MINUTE,
      from + MINUTE + 4 * HOUR,
      from + MINUTE + 4 * HOUR + 5 * SECOND,
    ]);
    expect(bench.published('itemCrafted').map(({ occurredAt }) => occurredAt)).toEqual([
      from,
      from + MINUTE,
      from + MINUTE + 4 * HOUR,
      from + MINUTE + 4 * HOUR + 5 * SECOND,
    ]);
  });

  test('that comes in the moment between an end and its handing over never starts before it was ordered', () => {
    const bench = createGameBench();
    const first = craft(bench, 'campfire');
    bench.clock.advance(16 * SECOND);
    const second = craft(bench, 'campfire');
    expect(second.state).toBe('waiting');
    settle(bench);
    expect(now(bench, first)?.endedAt).toBe(first.completesAt);
    expect(now(bench, second)?.startedAt).toBe(bench.clock.now());
  });

  test('goes at the speed that was in force when it was ordered, and takes what it promised then', () => {
    const bench = createGameBench();
    craft(bench, 'campfire');
    const { duration, promise } = craft(bench, 'campfire', 2);
    expect(duration).toBe(30 * SECOND);
    expect(promise).toMatchObject({ xp: 20, output: { itemId: 'campfire', yields: 1 } });
  });
});

describe('a cancelled craft', () => {
  test('that waits gives everything back, whenever that is, and lets the others move up', () => {
    const bench = createGameBench();
    craft(bench, 'iron_sword');
    const waiting = craft(bench, 'campfire', 3);
    const last = craft(bench, 'oak_plank');
    bench.clock.advance(HOUR);
    expect(cancel(bench, waiting).refund).toEqual([
      { itemId: 'oak_log', quantity: 6 },
      { itemId: 'stone', quantity: 9 },
    ]);
    expect(has(bench, 'oak_log')).toBe(19);
    expect(workbench(bench).waiting.map(({ craft, rank }) => [craft.id, rank])).toEqual([[last.id, 1]]);
    expect(refusalOf(() => cancel(bench, waiting))).toMatchObject({
      code: 'craftIsOver',
      facts: { context: 'cancelled', endedAt: bench.clock.now() },
    });
  });

  test('that is at work lets the next one start in that moment', () => {
    const bench = createGameBench();
    const first = craft(bench, 'iron_sword');
    const next = craft(bench, 'campfire');
    const last = craft(bench, 'campfire');
    bench.clock.advance(MINUTE);
    cancel(bench, first);
    expect(now(bench, next)).toMatchObject({ state: 'active', startedAt: bench.clock.now() });
    expect(now(bench, last)?.state).toBe('waiting');
  });

  test('that is due and only waits for being handed over is not given up any more', () => {
    const bench = createGameBench();
    const due = craft(bench, 'campfire');
    bench.clock.advance(HOUR);
    expect(refusalOf(() => cancel(bench, due))).toMatchObject({
      code: 'craftIsOver',
      facts: { context: 'due', endedAt: due.completesAt },
    });
  });
});

describe('the workbench', () => {
  test('foresees when each waiting craft starts and ends', () => {
    const bench = createGameBench();
    stock(bench);
    reach(bench, levelWithTwoSlots(bench));
    const sword = craft(bench, 'iron_sword');
    const compass = craft(bench, 'star_compass');
    const fire = craft(bench, 'campfire');
    const plank = craft(bench, 'oak_plank');
    const { slots, active, waiting } = workbench(bench);
    expect([slots, active.map(({ id }) => id)]).toEqual([2, [compass.id, sword.id]]);
    const from = compass.completesAt ?? 0;
    expect(waiting).toMatchObject([
      { craft: { id: fire.id }, rank: 1, startsAt: from, completesAt: from + 15 * SECOND },
      {
        craft: { id: plank.id },
        rank: 2,
        startsAt: from + 15 * SECOND,
        completesAt: from + 20 * SECOND,
      },
    ]);
  });
});

describe('a level that opens a slot', () => {
  test('starts what waits, at the time of the level', async () => {
    const bench = await createPieceBench();
    stock(bench);
    craft(bench, 'iron_sword');
    const next = craft(bench, 'campfire');
    const last = craft(bench, 'campfire');
    bench.clock.advance(MINUTE);
    reach(bench, levelWithTwoSlots(bench));
    expect(now(bench, next)).toMatchObject({ state: 'active', startedAt: bench.clock.now() });
    expect(now(bench, last)?.state).toBe('waiting');
  });

  test('and is reached while the bot is down starts what waits then', async () => {
    const bench = await createPieceBench();
    stock(bench);
    reach(bench, levelWithTwoSlots(bench) - 1);
    const compasses = craft(bench, 'star_compass', 25);
    const next = [craft(bench, 'iron_sword'), craft(bench, 'campfire')];
    bench.clock.advance(30 * HOUR);
    settle(bench);
    expect(next.map((each) => now(bench, each)?.startedAt)).toEqual([
      compasses.completesAt,
      compasses.completesAt,
    ]);
  });
});

describe('a level that is noticed late', () => {
  test('starts what waits no earlier than what was ordered before it', async () => {
    const bench = await createPieceBench();
    stock(bench);
    reach(bench, levelWithTwoSlots(bench) - 1);
    const first = craft(bench, 'campfire', 5);
    const [second, third] = [craft(bench, 'campfire', 2), craft(bench, 'campfire')];
    const levelledAt = bench.clock.now() + MINUTE;
    bench.clock.advance(80 * SECOND);
    settle(bench);
    const { toNextLevel, intoLevel } = bench.game.progression.progress(bench.world.reader, MIRA);
    bench.act((tx) =>
      bench.game.progression.grantXp(tx, MIRA, toNextLevel - intoLevel, 'engagement', levelledAt),
    );
    expect(now(bench, second)?.startedAt).toBe(first.completesAt);
    expect(now(bench, third)?.startedAt).toBe(first.completesAt);
  });
});

test('what somebody has under way is found without reading what they ever made', () => {
  const bench = createGameBench();
  const query = listOpen(bench.world.reader).getQuery().sql.replaceAll('?', '0');
  const plan = bench.world.reader.all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${sql.raw(query)}`);
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH crafts USING INDEX crafts_open (guild_id=? AND user_id=?)',
  ]);
});

describe('repeating a finished craft', () => {
  const repeat = (bench: GameBench, { id }: Craft, actor = MIRA_AT_WORK) =>
    bench.act((tx) => bench.game.crafting.repeatCraft(tx, actor, id));

  function finished(bench: GameBench): Craft {
    const done = craft(bench, 'campfire', 2);
    bench.clock.advance(MINUTE);
    settle(bench);
    return done;
  }

  test('orders the same once, and then says what became of that', () => {
    const bench = createGameBench();
    const done = finished(bench);
    const again = repeat(bench, done);
    expect(again).toMatchObject({ recipeId: 'campfire', quantity: 2, state: 'active', channelId: WORKSHOP });
    const facts = () => refusalOf(() => repeat(bench, done));
    expect(facts()).toMatchObject({
      code: 'repeatedAlready',
      facts: { context: 'active', recipeId: 'campfire', readyAt: again.completesAt },
    });
    bench.clock.advance(MINUTE);
    settle(bench);
    expect(facts().facts).toMatchObject({ context: 'completed', readyAt: again.completesAt });
    expect(bench.published('craftStarted')).toHaveLength(2);
  });

  test('says when the one that waits is foreseen to be ready', () => {
    const bench = createGameBench();
    const done = finished(bench);
    const { completesAt } = craft(bench, 'oak_plank');
    repeat(bench, done);
    expect(refusalOf(() => repeat(bench, done)).facts).toMatchObject({
      context: 'waiting',
      readyAt: (completesAt ?? 0) + 30 * SECOND,
    });
  });

  test('is refused to others, in other servers, and for what isn’t finished', () => {
    const bench = createGameBench();
    const done = finished(bench);
    const code = (each: Craft, actor: typeof MIRA_AT_WORK) =>
      refusalOf(() => repeat(bench, each, actor)).code;
    expect(code(done, { ...MIRA_AT_WORK, ...TOBIN })).toBe('notYourCraft');
    expect(code(done, { ...MIRA_AT_WORK, guildId: '900000000000000002' })).toBe('unknownCraft');
    expect(code(craft(bench, 'campfire'), MIRA_AT_WORK)).toBe('unknownCraft');
  });

  test('for which the materials are missing can be tried again', () => {
    const bench = createGameBench();
    const done = finished(bench);
    craft(bench, 'campfire', 2);
    expect(refusalOf(() => repeat(bench, done)).code).toBe('missingMaterials');
    expect(now(bench, done)?.repeatedBy).toBeNull();
  });
});

describe('any history of orders', () => {
  const HOLDERS = [MIRA, TOBIN];
  const step = fc.record({
    who: fc.constantFrom(...HOLDERS),
    what: fc.constantFrom('craft', 'craft', 'craft', 'cancel', 'wait'),
    recipe: fc.constantFrom('oak_plank', 'iron_ingot', 'campfire', 'star_compass', 'iron_sword'),
    quantity: fc.integer({ min: 1, max: 25 }),
    which: fc.nat(10),
    wait: fc.integer({ min: 0, max: 40 * MINUTE }),
  });
  type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

  /** What the listeners do about it: XP for crafts, and slots for levels. */
  function listen({ bus, game }: GameBench): void {
    bus.emitter.on('itemCrafted', (dispatch) =>
      dispatch.deliver('xp', ({ data, guildId, userId }, tx) =>
        game.progression.grantXp(tx, { guildId, userId: userId ?? '' }, data.xp, 'crafting'),
      ),
    );
    bus.emitter.on('userLeveledUp', (dispatch) =>
      dispatch.deliver('slots', ({ guildId, userId }, tx) =>
        game.crafting.startWaiting(tx, { guildId, userId: userId ?? '' }),
      ),
    );
  }

  const template = join(temporaryFolder('queue'), 'template.sqlite');
  const first = createGameBench({ file: template });
  for (const holder of HOLDERS) stock(first, holder);
  first.world.close();
  let copies = 0;

  /** One of several worlds with the same chance. */
  function sameWorld(): GameBench {
    const file = `${template}.${++copies}`;
    cpSync(template, file);
    const bench = createGameBench({ file });
    listen(bench);
    return bench;
  }

  function take(bench: GameBench, { who, what, recipe, quantity, which }: Step): void {
    settle(bench, who);
    const { active, waiting } = workbench(bench, who);
    const open = [...active, ...waiting.map(({ craft }) => craft)];
    const chosen = open[which % Math.max(1, open.length)];
    try {
      if (what === 'craft') craft(bench, recipe, quantity, who);
      if (what === 'cancel' && chosen) cancel(bench, chosen, who);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** The clock goes on; whatever becomes due is settled in the moment. */
  function waitPromptly(bench: GameBench, milliseconds: number): void {
    const end = bench.clock.now() + milliseconds;
    for (;;) {
      const due = HOLDERS.map((holder) => bench.game.crafting.nextDue(bench.world.reader, holder)?.at ?? end);
      const next = Math.min(end, ...due);
      bench.clock.advance(next - bench.clock.now());
      for (const holder of HOLDERS) settle(bench, holder);
      if (next === end) return;
    }
  }

  function outcome(bench: GameBench) {
    const { reader } = bench.world;
    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
    return {
      crafts: reader.select().from(crafts).all().sort(byId),
      balances: reader.select().from(balances).orderBy(balances.userId, balances.asset).all(),
      events: bench.published().sort(byId),
    };
  }

  test('comes out the same whether the bot was down in between or not', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        const up = sameWorld();
        const down = sameWorld();
        for (const each of steps) {
          take(up, each);
          take(down, each);
          if (each.what !== 'wait') continue;
          waitPromptly(up, each.wait);
          down.clock.advance(each.wait);
        }
        waitPromptly(up, 1_000 * HOUR);
        down.clock.advance(1_000 * HOUR);
        for (const holder of HOLDERS) settle(down, holder);
        expect(outcome(down)).toEqual(outcome(up));
        for (const { world } of [up, down]) world.close();
      }),
      { numRuns: 40 },
    );
  });

  function expectOrder(bench: GameBench, holder: Holder): void {
    const { slots, queueLength, active, waiting } = workbench(bench, holder);
    expect(active.length).toBeLessThanOrEqual(slots);
    expect(waiting.length).toBeLessThanOrEqual(queueLength);
    if (waiting.length > 0) expect(active).toHaveLength(slots);
    const started = bench.world.reader
      .select()
      .from(crafts)
      .all()
      .filter(({ userId, startedAt }) => userId === holder.userId && startedAt !== null)
      .sort((one, other) => one.place - other.place)
      .map(({ startedAt }) => startedAt ?? 0);
    expect(started).toEqual(started.toSorted((one, other) => one - other));
  }

  test('keeps the order of the queue, never has more at work than there are slots, and never lets one idle', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const bench = sameWorld();
        for (const each of steps) {
          take(bench, each);
          if (each.what === 'wait') bench.clock.advance(each.wait);
          settle(bench, each.who);
          expectOrder(bench, each.who);
        }
        expect(verifyLedger(bench.world.reader)).toEqual([]);
        for (const { promise, state, quantity, masterworks } of bench.world.reader
          .select()
          .from(crafts)
          .all()) {
          if (state === 'completed') expect(masterworks).toBeLessThanOrEqual(quantity);
          expect(promise.inputs.length).toBeGreaterThan(0);
        }
        bench.world.close();
      }),
      { numRuns: 40 },
    );
  });

  test('ends as it was foreseen, if nothing else is ordered', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 12 }), (steps) => {
        const bench = sameWorld();
        for (const each of steps) take(bench, each);
        const foreseen = HOLDERS.map((holder) => ({ holder, ...workbench(bench, holder) }));
        bench.clock.advance(1_000 * HOUR);
        for (const { holder, slots, waiting } of foreseen) {
          settle(bench, holder);
          // A level that comes meanwhile can open a slot: then it is sooner.
          const sameSlots = workbench(bench, holder).slots === slots;
          for (const { craft, completesAt } of waiting) {
            const endedAt = now(bench, craft)?.endedAt ?? Number.NaN;
            if (sameSlots) expect(endedAt).toBe(completesAt);
            else expect(endedAt).toBeLessThanOrEqual(completesAt);
          }
        }
        bench.world.close();
      }),
      { numRuns: 40 },
    );
  });
});
