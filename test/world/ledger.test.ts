import { describe, expect, test } from 'vitest';
import { balances, ledger } from '../../src/world/ledger.table.ts';
import { changeBalance, readBalance, verifyLedger } from '../../src/world/ledger.ts';
import { MIRA, TOBIN } from '../support/game.ts';
import { createWorldBench, letDustFall, ring, type WorldBench } from '../support/world.ts';

/** Gives or takes, and says what they have then. */
function change(
  bench: WorldBench,
  amount: number,
  holder = MIRA,
  asset: 'xp' | 'item:coal' = 'item:coal',
): number {
  return bench.act((tx) => changeBalance(tx, holder, asset, amount, ring(tx)));
}

/** Two players with something, all of it in order. */
function createBalances(): WorldBench {
  const bench = createWorldBench();
  change(bench, 8);
  change(bench, -3);
  change(bench, 2, TOBIN);
  change(bench, 40, TOBIN, 'xp');
  return bench;
}

describe('the ledger', () => {
  test('holds every change with the event behind it, and the balances are its sums', () => {
    const bench = createBalances();
    expect(readBalance(bench.world.reader, MIRA, 'item:coal')).toBe(5);
    expect(readBalance(bench.world.reader, MIRA, 'xp')).toBe(0);
    const events = bench.log().map(({ id }) => id);
    const rows = bench.world.reader.select().from(ledger).all();
    expect(rows.map(({ change, eventId }) => [change, eventId])).toEqual(
      [8, -3, 2, 40].map((amount, row) => [amount, events[row]]),
    );
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('refuses to leave anybody with less than nothing, and nothing changes', () => {
    const bench = createBalances();
    expect(() => change(bench, -6)).toThrow(/balances_not_negative|Failed to run/);
    expect(() => change(bench, -1, MIRA, 'xp')).toThrow();
    expect(readBalance(bench.world.reader, MIRA, 'item:coal')).toBe(5);
    expect(bench.world.reader.select().from(ledger).all()).toHaveLength(4);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
    expect(change(bench, -5)).toBe(0);
  });

  test('has no rows for changes of nothing', () => {
    const bench = createBalances();
    expect(change(bench, 0)).toBe(5);
    expect(bench.world.reader.select().from(ledger).all()).toHaveLength(4);
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses a change of %d', (amount) => {
    const bench = createBalances();
    expect(() => change(bench, amount)).toThrow();
    expect(readBalance(bench.world.reader, MIRA, 'item:coal')).toBe(5);
  });

  test('refuses a change by an event that left no row', () => {
    const bench = createBalances();
    expect(() => bench.act((tx) => changeBalance(tx, MIRA, 'xp', 1, letDustFall(tx)))).toThrow();
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });
});

describe('verifying finds', () => {
  test.each([
    [
      'a balance that was changed by hand',
      "UPDATE balances SET quantity = 7 WHERE asset = 'item:coal' AND user_id = ?",
      7,
      5,
    ],
    ['a row of the ledger that is gone', 'DELETE FROM ledger WHERE change = -3 AND user_id = ?', 5, 8],
    ['all rows of the ledger gone', 'DELETE FROM ledger WHERE user_id = ?', 5, 0],
    ['a balance that is gone', 'DELETE FROM balances WHERE user_id = ?', 0, 5],
    ['a balance moved to something else', "UPDATE balances SET asset = 'item:gold' WHERE user_id = ?", 0, 5],
  ])('%s', (_what, statement, balance, total) => {
    const bench = createBalances();
    bench.act((tx) => tx.db.run(statement.replace('?', `'${MIRA.userId}'`)));
    expect(verifyLedger(bench.world.reader)).toContainEqual({
      ...MIRA,
      asset: 'item:coal',
      balance,
      ledger: total,
    });
    expect(verifyLedger(bench.world.reader).filter(({ userId }) => userId !== MIRA.userId)).toEqual([]);
  });

  test('what came from nothing', () => {
    const bench = createBalances();
    const gift = { ...TOBIN, asset: 'item:gold', quantity: 3 };
    bench.act((tx) => tx.db.insert(balances).values(gift).run());
    expect(verifyLedger(bench.world.reader)).toEqual([
      { ...TOBIN, asset: 'item:gold', balance: 3, ledger: 0 },
    ]);
  });

  test('each of them, in order', () => {
    const bench = createBalances();
    bench.act((tx) => tx.db.update(balances).set({ quantity: 1 }).run());
    expect(verifyLedger(bench.world.reader).map(({ userId, asset }) => [userId, asset])).toEqual([
      [MIRA.userId, 'item:coal'],
      [TOBIN.userId, 'item:coal'],
      [TOBIN.userId, 'xp'],
    ]);
  });
});
