import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvent, type EventOf } from '../../src/events/define-event.ts';
import { DomainListener } from '../../src/pieces/domain-listener.ts';
import type { Delivery } from '../../src/world/deliveries.ts';
import { DELIVERY_ATTEMPTS } from '../../src/world/deliveries.ts';
import type { DomainEvent } from '../../src/world/event.ts';
import { changeBalance, readBalance, verifyLedger } from '../../src/world/ledger.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { HOUR, MINUTE, MIRA, SECOND } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { bellRang, dustFell, only } from '../support/world.ts';

/** What the listener under test does; each test says. */
let reaction: (event: DomainEvent, tx: Tx) => void = () => undefined;

class HearBell extends DomainListener<typeof bellRang> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, bellRang);
  }

  override handle(event: EventOf<typeof bellRang>, tx: Tx): void {
    reaction(event, tx);
  }
}

class HearDust extends DomainListener<typeof dustFell> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, dustFell);
  }

  override handle(event: EventOf<typeof dustFell>, tx: Tx): void {
    reaction(event, tx);
  }
}

function fail(): never {
  throw new Error('The clapper is gone.');
}

/** A tip for the ringer: an effect that is seen when it comes twice. */
function tip(event: DomainEvent, tx: Tx): void {
  changeBalance(tx, MIRA, 'xp', 5, event);
}

const tips = (bench: PieceBench) => readBalance(bench.world.reader, MIRA, 'xp') / 5;

/** A bell has rung, `hearBell` failed on it. */
async function createFailure(): Promise<{ bench: PieceBench; event: DomainEvent }> {
  const bench = await createPieceBench();
  await bench.addListener('hearBell', HearBell);
  reaction = fail;
  const event = bench.act((tx) => tx.publish(bellRang, { ...MIRA, data: { strokes: 2 } }));
  return { bench, event };
}

function owed(bench: PieceBench): Delivery | undefined {
  return [...bench.world.deliveries.list('pending', 10), ...bench.world.deliveries.list('dead', 10)][0];
}

/** Lets time pass until the next try, and tries. */
async function retry(bench: PieceBench): Promise<void> {
  const delivery = owed(bench);
  if (delivery) bench.clock.advance(Math.max(0, delivery.nextAt - bench.clock.now()));
  expect(await bench.runDueJobs('retryDelivery')).toBe(1);
}

describe('the retry of a failed delivery', () => {
  test('has the effect once, and nothing is owed or waited for any more', async () => {
    const { bench, event } = await createFailure();
    reaction = tip;
    await retry(bench);
    expect(tips(bench)).toBe(1);
    expect(owed(bench)).toBeUndefined();
    expect(bench.world.outbox.count().waiting).toBe(0);
    // Whoever asks again, for whatever reason: it has been done.
    expect(bench.world.redeliver(event, 'hearBell', tip)).toBe(true);
    expect(tips(bench)).toBe(1);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('hours later sees the time of the event, and the same chance and ids as the first time', async () => {
    const bench = await createPieceBench();
    await bench.addListener('hearBell', HearBell);
    const seen: unknown[] = [];
    const look = (event: DomainEvent, tx: Tx) => {
      const { id } = tx.publish(dustFell, { ...MIRA, data: { grains: 1 } });
      seen.push([event, tx.now, tx.random.integer(0, 1_000_000), tx.createId(), id]);
    };
    reaction = (event, tx) => {
      look(event, tx);
      fail();
    };
    bench.act((tx) => tx.publish(bellRang, { ...MIRA, data: { strokes: 2 } }));
    bench.clock.advance(5 * HOUR);
    reaction = look;
    await retry(bench);
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
  });

  test('goes to the listener that failed only', async () => {
    const bench = await createPieceBench();
    await bench.addListener('hearBell', HearBell);
    let heard = 0;
    bench.bus.emitter.on('bellRang', (dispatch) => dispatch.deliver('sound', () => heard++));
    reaction = fail;
    bench.act((tx) => tx.publish(bellRang, { ...MIRA, data: { strokes: 2 } }));
    reaction = tip;
    await retry(bench);
    expect([heard, tips(bench)]).toEqual([1, 1]);
  });

  test('lets others hear what the listener publishes at last', async () => {
    const { bench } = await createFailure();
    await bench.addListener('hearDust', HearDust);
    reaction = (event, tx) => {
      if (event.name === 'bellRang') tx.publish(dustFell, { ...MIRA, data: { grains: 1 } });
      else tip(only(bench.published('bellRang')), tx);
    };
    await retry(bench);
    expect(tips(bench)).toBe(1);
  });

  test('works for an event that is not kept', async () => {
    const bench = await createPieceBench();
    await bench.addListener('hearDust', HearDust);
    reaction = fail;
    bench.act((tx) => tx.publish(dustFell, { ...MIRA, data: { grains: 1 } }));
    reaction = tip;
    await retry(bench);
    expect([tips(bench), owed(bench)]).toEqual([1, undefined]);
  });

  test('that comes too early does nothing and puts itself back to the right time', async () => {
    const { bench } = await createFailure();
    reaction = tip;
    const { nextAt } = owed(bench) ?? { nextAt: 0 };
    const key = only(bench.world.outbox.page(0, 10)).key;
    // Somebody else's clock runs ahead.
    bench.act((tx) => tx.request({ ...retryRequest(bench), runAt: bench.clock.now() }));
    expect(await bench.runDueJobs('retryDelivery')).toBe(1);
    expect(tips(bench)).toBe(0);
    expect(bench.world.outbox.find(key)?.runAt).toBe(nextAt);
    await retry(bench);
    expect(tips(bench)).toBe(1);
  });

  test('that fails again waits longer each time, and does not fail its job', async () => {
    const { bench } = await createFailure();
    const waits: number[] = [];
    for (let attempts = 1; attempts < 5; attempts++) {
      expect(owed(bench)).toMatchObject({
        state: 'pending',
        attempts,
        lastError: expect.stringContaining('The clapper is gone.'),
      });
      waits.push((owed(bench)?.nextAt ?? 0) - bench.clock.now());
      await retry(bench);
    }
    expect(waits).toEqual([2 * SECOND, 4 * SECOND, 8 * SECOND, 16 * SECOND]);
    expect(bench.world.outbox.count().waiting).toBe(1);
  });

  test('that fails for ever is given up after the last attempt: dead, listed, and nothing is waited for', async () => {
    const { bench } = await createFailure();
    for (let attempts = 1; attempts < DELIVERY_ATTEMPTS; attempts++) await retry(bench);
    expect(owed(bench)).toMatchObject({
      state: 'dead',
      attempts: DELIVERY_ATTEMPTS,
      lastError: expect.stringContaining('The clapper is gone.'),
    });
    expect(bench.world.deliveries.count()).toEqual({ pending: 0, dead: 1 });
    expect(bench.world.outbox.count().waiting).toBe(0);
    reaction = tip;
    bench.clock.advance(24 * HOUR);
    expect(await bench.runDueJobs('retryDelivery')).toBe(0);
    expect(tips(bench)).toBe(0);
  });

  test('gets all its attempts again when an operator replays it', async () => {
    const { bench, event } = await createFailure();
    for (let attempts = 1; attempts < DELIVERY_ATTEMPTS; attempts++) await retry(bench);
    bench.act(() => bench.world.deliveries.replay(event.id, 'hearBell'));
    for (let attempts = 1; attempts < DELIVERY_ATTEMPTS; attempts++) await retry(bench);
    expect(owed(bench)).toMatchObject({ state: 'pending', attempts: DELIVERY_ATTEMPTS - 1 });
    reaction = tip;
    await retry(bench);
    expect([tips(bench), owed(bench)]).toEqual([1, undefined]);
  });

  test('does nothing when an operator discards the delivery, even while the job is already looking at it', async () => {
    const { bench, event } = await createFailure();
    reaction = tip;
    bench.act(() => bench.world.deliveries.remove(event.id, 'hearBell'));
    bench.clock.advance(MINUTE);
    expect(await bench.runDueJobs('retryDelivery')).toBe(1);
    expect(bench.world.redeliver(event, 'hearBell', tip)).toBe(true);
    expect(bench.world.redeliver(event, 'hearBell', fail)).toBe(true);
    expect([tips(bench), owed(bench)]).toEqual([0, undefined]);
  });

  test('is dead when its listener does not exist any more', async () => {
    const { bench } = await createFailure();
    await bench.removeListener('hearBell');
    await retry(bench);
    expect(owed(bench)).toMatchObject({
      state: 'dead',
      lastError: expect.stringContaining('There is no listener "hearBell" any more.'),
    });
    expect(bench.world.outbox.count().waiting).toBe(0);
  });

  test('counts as failed when what the listener publishes goes round in a circle', async () => {
    const { bench } = await createFailure();
    await bench.addListener('hearDust', HearDust);
    reaction = (_event, tx) => void tx.publish(dustFell, { ...MIRA, data: { grains: 1 } });
    await retry(bench);
    expect(owed(bench)).toMatchObject({
      state: 'pending',
      attempts: 2,
      lastError: expect.stringContaining('circle'),
    });
    expect(bench.world.outbox.find(only(bench.world.outbox.page(0, 10)).key)?.runAt).toBe(
      owed(bench)?.nextAt,
    );
  });
});

describe('an event that was written in another version', () => {
  const bellRangToday = defineEvent({
    name: 'bellRang',
    version: 3,
    schema: z.object({ strokes: z.int(), tower: z.string() }),
    upgrades: {
      1: (data) => ({ ...(data as object), side: 'north' }),
      2: (data) => {
        const { side, ...rest } = data as { side: string };
        return { ...rest, tower: `${side} tower` };
      },
    },
  });

  class HearBellToday extends DomainListener<typeof bellRangToday> {
    constructor(context: DomainListener.LoaderContext) {
      super(context, bellRangToday);
    }

    override handle(event: EventOf<typeof bellRangToday>, tx: Tx): void {
      reaction(event, tx);
    }
  }

  /** The bell rang and was failed on; since then the bot was updated. */
  async function createUpdate(listener: typeof HearBellToday) {
    const { bench, event } = await createFailure();
    await bench.removeListener('hearBell');
    await bench.addListener('hearBell', listener);
    return { bench, event };
  }

  test('reaches its listener at the retry in the shape of today', async () => {
    const { bench, event } = await createUpdate(HearBellToday);
    const heard: DomainEvent[] = [];
    reaction = (retried) => heard.push(retried);
    await retry(bench);
    expect(heard).toEqual([{ ...event, version: 3, data: { strokes: 2, tower: 'north tower' } }]);
    expect(owed(bench)).toBeUndefined();
  });

  test('that cannot be read fails, and ends up dead with that reason', async () => {
    const bellOfTheFuture = defineEvent({
      name: 'bellRang',
      version: 4,
      schema: z.object({ strokes: z.int() }),
    });
    class HearBellOfTheFuture extends DomainListener<typeof bellOfTheFuture> {
      constructor(context: DomainListener.LoaderContext) {
        super(context, bellOfTheFuture);
      }

      override handle(): void {}
    }
    const { bench } = await createFailure();
    await bench.removeListener('hearBell');
    await bench.addListener('hearBell', HearBellOfTheFuture);
    for (let attempts = 1; attempts < DELIVERY_ATTEMPTS; attempts++) await retry(bench);
    expect(owed(bench)).toMatchObject({
      state: 'dead',
      lastError: expect.stringContaining('bellRang cannot be read in version 1: no upgrade from 1.'),
    });
  });
});

function retryRequest(bench: PieceBench) {
  const { eventId, listener } = only(bench.world.deliveries.list('pending', 10));
  const { key } = only(bench.world.outbox.page(0, 10));
  return {
    task: 'retryDelivery',
    id: key.slice('retryDelivery:'.length),
    payload: { eventId, listener },
  } as const;
}
