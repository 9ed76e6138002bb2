import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Dispatch } from '../../src/world/event.ts';
import { EVENTS_PER_TRANSACTION, type Tx } from '../../src/world/transaction.ts';
import { MINUTE } from '../support/game.ts';
import {
  bellRang,
  createWorldBench,
  dustFell,
  GUILD,
  letDustFall,
  note,
  only,
  ring,
} from '../support/world.ts';

declare module '../../src/world/outbox.ts' {
  interface JobPayloads {
    polish: Record<string, never>;
  }
}

const polish = { task: 'polish', id: 'bell', payload: {} } as const;

function fail(): never {
  throw new Error('The clapper is gone.');
}

describe('the order of things', () => {
  test('is first in, first out, without recursion: every listener of an event comes before the next event', () => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'echo', ({ data: { strokes } }, tx) => {
      note(tx, `${strokes} begins`);
      if (strokes < 10) ring(tx, strokes * 10);
      note(tx, `${strokes} ends`);
    });
    bench.listen(bellRang, 'clerk', ({ data: { strokes } }, tx) => note(tx, `${strokes} written down`));
    bench.act((tx) => {
      ring(tx, 1);
      ring(tx, 2);
      note(tx, 'the body is done');
    });
    expect(bench.notes()).toEqual([
      'the body is done',
      ...[1, 2, 10, 20].flatMap((strokes) => [
        `${strokes} begins`,
        `${strokes} ends`,
        `${strokes} written down`,
      ]),
    ]);
    expect(bench.log().map(({ data }) => data)).toEqual([1, 2, 10, 20].map((strokes) => ({ strokes })));
  });

  test('does not matter to the listeners: either comes to the same', () => {
    const results = [
      ['add', 'ring'],
      ['ring', 'add'],
    ].map((order) => {
      const bench = createWorldBench();
      const listeners: Record<string, (tx: Tx) => void> = {
        add: (tx) => note(tx, `add ${tx.createId()} ${tx.random.integer(0, 0)}`),
        ring: (tx) => ring(tx, tx.random.integer(2, 2)),
      };
      for (const name of order) {
        bench.listen(bellRang, name, ({ data }, tx) => void (data.strokes === 1 && listeners[name]?.(tx)));
      }
      bench.act((tx) => ring(tx, 1));
      return [bench.notes(), bench.log()];
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[0]?.flat()).toHaveLength(3);
  });

  test('ends with the whole action undone when listeners go round in a circle', () => {
    const bench = createWorldBench();
    let heard = 0;
    bench.listen(bellRang, 'echo', (_event, tx) => {
      heard++;
      ring(tx);
    });
    const begin = () =>
      bench.act((tx) => {
        note(tx, 'begun');
        ring(tx);
      });
    expect(begin).toThrow(/round in a circle/);
    expect(heard).toBe(EVENTS_PER_TRANSACTION);
    expect([bench.notes(), bench.log()]).toEqual([[], []]);
  });
});

describe('what a listener is told', () => {
  test('is who, where, when it happened and what it led back to', () => {
    const bench = createWorldBench();
    const happened = bench.clock.now() - 5 * MINUTE;
    bench.listen(bellRang, 'echo', (event, tx) => {
      note(
        tx,
        JSON.stringify([event.guildId, event.userId, event.occurredAt, event.causeId, event.data, tx.now]),
      );
      if (event.data.strokes === 1) ring(tx, 2);
    });
    bench.act(
      (tx) =>
        tx.publish(bellRang, { guildId: GUILD, userId: '7', occurredAt: happened, data: { strokes: 1 } }),
      'press 700',
    );
    const [first] = bench.log();
    expect(bench.notes().map((text) => JSON.parse(text) as unknown)).toEqual([
      [GUILD, '7', happened, 'press 700', { strokes: 1 }, happened],
      [GUILD, null, happened, first?.id, { strokes: 2 }, happened],
    ]);
  });

  test('is the same for every listener: none can change what the others hear', () => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'meddler', (event) => Object.assign(event.data, { strokes: 99 }));
    bench.listen(bellRang, 'clerk', ({ data }, tx) => note(tx, `${data.strokes} written down`));
    bench.act((tx) => ring(tx, 1));
    expect(bench.notes()).toEqual(['1 written down']);
    expect(only(bench.world.deliveries.list('pending', 10)).listener).toBe('meddler');
  });

  test('is its own: a transaction that a listener keeps is of no use to the next one', () => {
    const bench = createWorldBench();
    let kept: Tx | undefined;
    bench.listen(bellRang, 'keeper', (_event, tx) => {
      kept = tx;
    });
    bench.listen(bellRang, 'borrower', () => void (kept && note(kept, 'borrowed')));
    bench.act((tx) => ring(tx));
    expect(bench.notes()).toEqual([]);
    expect(only(bench.world.deliveries.list('pending', 10))).toMatchObject({
      listener: 'borrower',
      lastError: expect.stringContaining('This transaction is over'),
    });
  });

  test('comes with chance and ids of its own: two listeners that do the same do not get in each other’s way', () => {
    const bench = createWorldBench();
    for (const listener of ['echo', 'second echo']) {
      bench.listen(bellRang, listener, ({ data }, tx) => {
        if (data.strokes === 1) ring(tx, tx.random.integer(2, 1_000_000));
      });
    }
    bench.act((tx) => ring(tx, 1));
    expect(bench.world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
    expect(new Set(bench.log().map(({ data }) => JSON.stringify(data))).size).toBe(3);
  });

  test('reaches nobody else: without listeners an event is only written down', () => {
    const bench = createWorldBench();
    bench.listen(dustFell, 'broom', (_event, tx) => note(tx, 'swept'));
    bench.act((tx) => ring(tx));
    expect(bench.notes()).toEqual([]);
    expect(bench.log()).toHaveLength(1);
  });

  test('includes events that are not kept, which leave no row', () => {
    const bench = createWorldBench();
    bench.listen(dustFell, 'broom', ({ data }, tx) => note(tx, `swept ${data.grains}`));
    bench.act((tx) => letDustFall(tx, 3));
    expect(bench.notes()).toEqual(['swept 3']);
    expect(bench.log()).toEqual([]);
  });
});

describe('a listener that throws', () => {
  test('loses what it wrote, published and requested; the action and the other listeners keep theirs', () => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'before', ({ data }, tx) => note(tx, `before: ${data.strokes}`));
    bench.listen(bellRang, 'broken', (_event, tx) => {
      note(tx, 'broken');
      ring(tx, 99);
      letDustFall(tx);
      tx.request(polish);
      fail();
    });
    bench.listen(bellRang, 'after', ({ data }, tx) => note(tx, `after: ${data.strokes}`));
    bench.listen(dustFell, 'broom', (_event, tx) => note(tx, 'swept'));
    bench.act((tx) => {
      note(tx, 'body');
      ring(tx, 1);
    });
    expect(bench.notes()).toEqual(['body', 'before: 1', 'after: 1']);
    expect(bench.log()).toHaveLength(1);
    expect(bench.world.outbox.find('polish:bell')).toBeUndefined();
  });

  test('does not take back what others had requested before under the same key', () => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'broken', (_event, tx) => {
      tx.request({ ...polish, runAt: 5 });
      fail();
    });
    bench.act((tx) => {
      tx.request({ ...polish, runAt: 1_000 });
      ring(tx);
    });
    expect(bench.world.outbox.find('polish:bell')?.runAt).toBe(1_000);
  });

  test('is owed the event: a pending delivery says why and when, and a retry is requested and wakes the relay', () => {
    const bench = createWorldBench();
    let woken = 0;
    bench.world.onRequest(() => woken++);
    bench.listen(bellRang, 'broken', fail);
    const event = bench.act((tx) => ring(tx));
    const nextAt = bench.clock.now() + 2_000;
    const delivery = {
      eventId: event.id,
      eventName: 'bellRang',
      guildId: GUILD,
      listener: 'broken',
      state: 'pending',
      attempts: 1,
      nextAt,
      lastError: expect.stringMatching(/^The clapper is gone\.\n {4}at /),
      createdAt: bench.clock.now(),
    };
    expect(bench.world.deliveries.list('pending', 10)).toEqual([delivery]);
    expect(bench.world.outbox.toHandOver(10)).toMatchObject([
      { task: 'retryDelivery', payload: { eventId: event.id, listener: 'broken' }, runAt: nextAt },
    ]);
    expect(woken).toBe(1);
  });

  test.each([
    ['kept', ring, 1],
    ['not kept', letDustFall, 1],
  ])('is not alone: two that fail on one event that is %s are each owed it', (_kind, publish, rows) => {
    const bench = createWorldBench();
    for (const listener of ['cracked', 'broken']) {
      bench.listen(bellRang, listener, fail);
      bench.listen(dustFell, listener, fail);
    }
    bench.listen(bellRang, 'sound', (_event, tx) => note(tx, 'heard'));
    bench.listen(dustFell, 'sound', (_event, tx) => note(tx, 'heard'));
    const event = bench.act((tx) => publish(tx, 4));
    expect(
      bench.world.deliveries
        .list('pending', 10)
        .map(({ listener }) => listener)
        .sort(),
    ).toEqual(['broken', 'cracked']);
    expect(bench.requested()).toHaveLength(2);
    expect(bench.notes()).toEqual(['heard']);
    expect(bench.log()).toHaveLength(rows);
    expect(bench.world.eventLog.find(event.id)).toEqual(event);
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'The clapper is gone.'],
    ['an object without any methods', Object.create(null)],
    ['an error whose message is no text', Object.assign(new Error(), { message: { code: 4 } })],
    ['an error without a message', new Error()],
  ])('may throw %s', (_what, thrown) => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'broken', () => {
      throw thrown;
    });
    bench.act((tx) => {
      note(tx, 'body');
      ring(tx);
    });
    expect(bench.notes()).toEqual(['body']);
    expect(only(bench.world.deliveries.list('pending', 10)).lastError).toEqual(expect.any(String));
  });

  test('tells the operator also what lay behind its error', () => {
    const bench = createWorldBench();
    bench.listen(
      bellRang,
      'broken',
      (_event, tx) => void tx.db.run('INSERT INTO notes (text) VALUES (NULL)'),
    );
    bench.act((tx) => ring(tx));
    expect(only(bench.world.deliveries.list('pending', 10)).lastError).toContain(
      'NOT NULL constraint failed: notes.text',
    );
  });

  test('may swallow an error that ends only a statement, and go on', () => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'careful', (_event, tx) => {
      expect(() => tx.db.run('INSERT INTO notes (text) VALUES (NULL)')).toThrow();
      note(tx, 'went on');
    });
    bench.act((tx) => ring(tx));
    expect(bench.notes()).toEqual(['went on']);
    expect(bench.world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
  });

  test('cannot open a transaction of its own', () => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'greedy', () => bench.act((tx) => note(tx, 'by itself')));
    bench.act((tx) => ring(tx));
    expect(bench.notes()).toEqual([]);
    expect(only(bench.world.deliveries.list('pending', 10)).lastError).toMatch(/use the one you were given/);
  });
});

describe('an asynchronous listener', () => {
  test('is refused and owed the event; what it does after its first await never lands, nor ends the bot', async () => {
    const bench = createWorldBench();
    const refused: unknown[] = [];
    bench.listen(bellRang, 'dreamer', async (_event, tx) => {
      const { db } = tx;
      note(tx, 'before the first await');
      await null;
      for (const write of [
        () => note(tx, 'late'),
        () => ring(tx),
        () => db.run("INSERT INTO notes VALUES ('late')"),
      ]) {
        try {
          write();
        } catch (error) {
          refused.push(error);
        }
      }
      throw new Error('Nobody waits for this.');
    });
    bench.listen(bellRang, 'clerk', (_event, tx) => note(tx, 'written down'));
    bench.act((tx) => ring(tx));
    // An unhandled rejection would be reported by now, and fail the run.
    await setImmediate();
    expect(refused).toHaveLength(3);
    expect(bench.notes()).toEqual(['written down']);
    expect(bench.log()).toHaveLength(1);
    expect(only(bench.world.deliveries.list('pending', 10)).lastError).toMatch(/dreamer is asynchronous/);
  });
});

test('a listener on the bus that has been taken off hears nothing more', () => {
  const bench = createWorldBench();
  const heard: unknown[] = [];
  const listener = (dispatch: Dispatch) => void heard.push(dispatch);
  bench.bus.emitter.on('bellRang', listener);
  bench.act((tx) => ring(tx));
  bench.bus.emitter.off('bellRang', listener);
  bench.act((tx) => ring(tx));
  expect(heard).toHaveLength(1);
});
