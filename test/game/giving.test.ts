import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/game/refusal.ts';
import { type Holder, verifyLedger } from '../../src/world/ledger.ts';
import { createGameBench, type GameBench, HOUR, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { refusalOf } from '../support/refusal.ts';

const actor = (holder: Holder = MIRA) => ({ ...holder, channelId: WORKSHOP, locale: 'en-US' });

function propose(bench: GameBench, itemId: string, quantity = 1, from = MIRA, to = TOBIN) {
  return bench.act((tx) => bench.game.giving.propose(tx, actor(from), { to: to.userId, itemId, quantity }));
}

function accept(bench: GameBench, proposalId: string, holder = MIRA) {
  return bench.act((tx) => bench.game.giving.accept(tx, actor(holder), proposalId));
}

const has = (bench: GameBench, itemId: string, holder: Holder) =>
  bench.game.inventory.list(bench.world.reader, holder).get(itemId) ?? 0;

describe('giving', () => {
  test('moves the items in one go, once, and makes a player of whoever gets them', () => {
    const bench = createGameBench();
    const proposalId = propose(bench, 'oak_log', 3);
    expect(bench.published('itemGiven')).toEqual([]);
    expect(bench.game.players.has(bench.world.reader, TOBIN)).toBe(false);

    expect(accept(bench, proposalId)).toEqual({ to: TOBIN.userId, itemId: 'oak_log', quantity: 3 });
    expect(bench.published('itemGiven')).toMatchObject([
      { ...MIRA, data: { to: TOBIN.userId, itemId: 'oak_log', quantity: 3 } },
    ]);
    expect([has(bench, 'oak_log', MIRA), has(bench, 'oak_log', TOBIN)]).toEqual([17, 23]);
    // They have not been anywhere yet: their channel and language are not those of the giver.
    expect(bench.game.players.channel(bench.world.reader, TOBIN)).toBeNull();

    for (let press = 0; press < 20; press++)
      expect(refusalOf(() => accept(bench, proposalId)).code).toBe('proposalIsOver');
    expect([has(bench, 'oak_log', MIRA), has(bench, 'oak_log', TOBIN)]).toEqual([17, 23]);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('is refused to oneself, of what is not there, and of more than one has', () => {
    const bench = createGameBench();
    expect(refusalOf(() => propose(bench, 'oak_log', 1, MIRA, MIRA)).code).toBe('giftToYourself');
    expect(refusalOf(() => propose(bench, 'anvil'))).toEqual({
      code: 'unknownItem',
      facts: { asked: 'anvil' },
    });
    for (const quantity of [21, 0, -1, 0.5]) {
      expect(refusalOf(() => propose(bench, 'oak_log', quantity))).toEqual({
        code: 'notThatMany',
        facts: { itemId: 'oak_log', count: 20 },
      });
    }
    expect(bench.published()).toEqual([]);
  });

  test('is refused to whoever was not asked, after a no, and when there are fewer by then', () => {
    const bench = createGameBench();
    const all = propose(bench, 'oak_log', 20);
    const some = propose(bench, 'oak_log', 1);
    expect(refusalOf(() => accept(bench, all, TOBIN)).code).toBe('notYourProposal');
    expect(refusalOf(() => accept(bench, all, { ...MIRA, guildId: '2' })).code).toBe('unknownProposal');
    accept(bench, some);
    expect(refusalOf(() => accept(bench, all))).toEqual({
      code: 'notThatMany',
      facts: { itemId: 'oak_log', count: 19 },
    });
    bench.act((tx) => bench.game.giving.decline(tx, MIRA, all));
    expect(refusalOf(() => accept(bench, all)).facts).toEqual({ context: 'declined' });
    expect(bench.published('itemGiven')).toHaveLength(1);
  });

  test('is too old to be answered after a day', () => {
    const bench = createGameBench();
    const [yesterday, today] = [propose(bench, 'oak_log', 1), propose(bench, 'oak_log', 1)];
    bench.clock.advance(24 * HOUR);
    accept(bench, today);
    bench.clock.advance(1);
    expect(refusalOf(() => accept(bench, yesterday)).code).toBe('unknownProposal');
  });

  test('one question is not answered by the button of another kind', () => {
    const bench = createGameBench();
    const proposalId = propose(bench, 'oak_plank', 1);
    expect(refusalOf(() => bench.act((tx) => bench.game.salvage.accept(tx, actor(), proposalId))).code).toBe(
      'unknownProposal',
    );
  });
});

test('whoever gives whatever to whom, nothing is made and nothing is lost', () => {
  const holders = [MIRA, TOBIN, { ...MIRA, userId: '100000000000000003' }] as const;
  const present = fc.record({
    from: fc.constantFrom(...holders),
    to: fc.constantFrom(...holders),
    quantity: fc.integer({ min: -1, max: 30 }),
    presses: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(present, { maxLength: 20 }), (presents) => {
      const bench = createGameBench();
      for (const holder of holders) bench.act((tx) => bench.game.players.ensure(tx, holder));
      for (const { from, to, quantity, presses } of presents) {
        try {
          const proposalId = propose(bench, 'oak_log', quantity, from, to);
          for (let press = 0; press < presses; press++) accept(bench, proposalId, from);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }
      const held = holders.map((holder) => has(bench, 'oak_log', holder));
      expect(held.reduce((total, quantity) => total + quantity)).toBe(60);
      expect(Math.min(...held)).toBeGreaterThanOrEqual(0);
      expect(verifyLedger(bench.world.reader)).toEqual([]);
      bench.world.close();
    }),
    { numRuns: 25 },
  );
});
