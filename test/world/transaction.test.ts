import { setImmediate } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { AlreadyActedOn, TransactionIsOver } from '../../src/world/errors.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { worldFacts } from '../../src/world/world-facts.table.ts';
import { bellRang, createWorldBench, GUILD, note, ring, type WorldBench } from '../support/world.ts';

declare module '../../src/world/outbox.ts' {
  interface JobPayloads {
    sweep: { room: string };
  }
}

const sweep = (room: string) => ({ task: 'sweep', id: room, payload: { room } }) as const;

/** Everything that an action can leave behind. */
function traces(bench: WorldBench): unknown {
  return [bench.notes(), bench.log().length, bench.requested(), bench.world.deliveries.count()];
}

describe('an action', () => {
  test('commits its writes, its events and its requests together, and returns what the body returned', () => {
    const bench = createWorldBench();
    const answer = bench.act((tx) => {
      note(tx, 'written');
      ring(tx, 3);
      tx.request(sweep('hall'));
      return 'done';
    });
    expect(answer).toBe('done');
    expect(bench.notes()).toEqual(['written']);
    expect(bench.log()).toMatchObject([
      {
        name: 'bellRang',
        version: 1,
        guildId: GUILD,
        userId: null,
        occurredAt: bench.clock.now(),
        data: { strokes: 3 },
      },
    ]);
    expect(bench.world.outbox.find('sweep:hall')).toMatchObject({
      payload: { room: 'hall' },
      runAt: bench.clock.now(),
      handedAt: null,
    });
  });

  test('that throws leaves nothing, not even what its listeners did, and throws what it threw', () => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'echo', (_event, tx) => note(tx, 'heard'));
    const before = traces(bench);
    const failure = new Error('The hammer broke.');
    expect(() =>
      bench.act((tx) => {
        note(tx, 'written');
        ring(tx);
        tx.request(sweep('hall'));
        throw failure;
      }),
    ).toThrow(failure);
    expect(traces(bench)).toEqual(before);
  });

  test('whose event is not what it should be leaves nothing', () => {
    const bench = createWorldBench();
    expect(() =>
      bench.act((tx) => {
        note(tx, 'written');
        tx.publish(bellRang, { guildId: GUILD, data: { strokes: 0.5 } });
      }),
    ).toThrow(/strokes/);
    expect(bench.notes()).toEqual([]);
  });

  test('tells the relay after the commit that a job was requested, and only then', () => {
    const bench = createWorldBench();
    const wake = vi.fn(() => expect(bench.requested()).toEqual(['sweep:hall']));
    bench.world.onRequest(wake);
    bench.act((tx) => note(tx, 'no job'));
    expect(wake).not.toHaveBeenCalled();
    bench.act((tx) => tx.request(sweep('hall')));
    expect(wake).toHaveBeenCalledTimes(1);
  });

  test('that asks for a second transaction is refused: it has one', () => {
    const bench = createWorldBench();
    expect(() =>
      bench.act((tx) => {
        note(tx, 'outer');
        bench.act((inner) => note(inner, 'inner'));
      }),
    ).toThrow(/use the one you were given/);
    expect(bench.notes()).toEqual([]);
    bench.act((tx) => note(tx, 'the world goes on'));
    expect(bench.notes()).toEqual(['the world goes on']);
  });

  test('that is asynchronous is refused; what it does later never lands and does not end the bot', async () => {
    const bench = createWorldBench();
    const late: unknown[] = [];
    const writeLate = async (tx: Tx) => {
      const { db } = tx;
      note(tx, 'before the first await');
      await null;
      for (const write of [
        () => note(tx, 'late'),
        () => ring(tx),
        () => db.run('INSERT INTO notes VALUES (1)'),
      ]) {
        try {
          write();
        } catch (error) {
          late.push(error);
        }
      }
      throw new Error('Nobody waits for this.');
    };
    expect(() => bench.act(writeLate)).toThrow('must not be asynchronous');
    // An unhandled rejection would be reported by now, and fail the run.
    await setImmediate();
    expect(late).toHaveLength(3);
    expect(bench.notes()).toEqual([]);
    expect(bench.log()).toEqual([]);
  });

  test('cannot be divided: what was undone in a part would already be on its way to the listeners', () => {
    const bench = createWorldBench();
    bench.listen(bellRang, 'echo', (_event, tx) => note(tx, 'heard'));
    bench.act((tx) => {
      const part = () =>
        tx.db.transaction(() => {
          ring(tx);
          throw new Error('Undo this part.');
        });
      expect(part).toThrow('one transaction');
      note(tx, 'whole');
    });
    expect(bench.notes()).toEqual(['whole']);
  });

  test('kept and used after it is over is refused, also while another one is under way', () => {
    const bench = createWorldBench();
    const kept = bench.act((tx) => tx);
    const attempts = [() => note(kept, 'late'), () => ring(kept), () => kept.request(sweep('hall'))];
    for (const attempt of attempts) expect(attempt).toThrow(TransactionIsOver);
    bench.act(() => {
      for (const attempt of attempts) expect(attempt).toThrow(TransactionIsOver);
    });
    expect(traces(bench)).toEqual([[], 0, [], { pending: 0, dead: 0 }]);
  });

  test('whose tables were kept cannot write by itself when it is over', () => {
    const bench = createWorldBench();
    const fact = { name: 'late', value: 'written' };
    const tables = bench.act((tx) => tx.db);
    const prepared = bench.act((tx) => tx.db.insert(worldFacts).values(fact).prepare());
    expect(() => tables.insert(worldFacts).values(fact).run()).toThrow(TransactionIsOver);
    expect(() => prepared.run()).toThrow(TransactionIsOver);
    expect(bench.world.reader.select().from(worldFacts).where(eq(worldFacts.name, 'late')).all()).toEqual([]);
  });
});

describe('an interaction', () => {
  test('that Discord delivers twice acts once', () => {
    const bench = createWorldBench();
    const press = (cause: string) =>
      bench.world.transact({ cause, interactionId: '700' }, (tx) => {
        note(tx, 'pressed');
        ring(tx);
        tx.request(sweep(cause));
      });
    press('first');
    const before = traces(bench);
    expect(() => press('second')).toThrow(AlreadyActedOn);
    expect(traces(bench)).toEqual(before);
    expect(bench.notes()).toEqual(['pressed']);
  });

  test('whose action was refused can be tried again', () => {
    const bench = createWorldBench();
    const press = (body: (tx: Tx) => void) =>
      bench.world.transact({ cause: 'press', interactionId: '700' }, body);
    expect(() =>
      press(() => {
        throw new Error('Refused.');
      }),
    ).toThrow('Refused.');
    press((tx) => note(tx, 'pressed'));
    expect(bench.notes()).toEqual(['pressed']);
  });
});

describe('chance and ids', () => {
  /** What an action would make, without making it. */
  function dream(bench: WorldBench, cause: string): unknown[] {
    let made: unknown[] = [];
    const waking = new Error('It was a dream.');
    expect(() =>
      bench.act((tx) => {
        const rolls = [1, 2, 3].map(() => tx.random.integer(0, 1_000_000));
        made = [tx.createId(), tx.createId(), ring(tx).id, ring(tx).id, ...rolls];
        throw waking;
      }, cause),
    ).toThrow(waking);
    return made;
  }

  test('are the same when the same thing is done again, and never twice the same in one action', () => {
    const bench = createWorldBench();
    const made = dream(bench, 'press 700');
    expect(dream(bench, 'press 700')).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  test('are different for a different cause, and chance also in another world', () => {
    const bench = createWorldBench();
    const made = dream(bench, 'press 700');
    const others = [...dream(bench, 'press 701'), ...dream(createWorldBench(), 'press 700').slice(4)];
    expect(others.filter((other) => made.includes(other))).toEqual([]);
  });

  test('refuse to make the same event a second time', () => {
    const bench = createWorldBench();
    bench.act((tx) => ring(tx), 'job 1');
    expect(() =>
      bench.act((tx) => {
        note(tx, 'twice');
        ring(tx);
      }, 'job 1'),
    ).toThrow();
    expect(bench.log()).toHaveLength(1);
    expect(bench.notes()).toEqual([]);
  });
});
