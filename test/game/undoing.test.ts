import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LARGEST_ADJUSTMENT } from '../../src/game/admin/adjustments.ts';
import type { balances } from '../../src/world/ledger.table.ts';
import { readBalance, verifyLedger } from '../../src/world/ledger.ts';
import { adjust, adjustmentDeed, adminDeed, aim, carryOut, stateOf, undo } from '../support/admins.ts';
import { deeds, Town, wealth } from '../support/town.ts';

/**
 * The same histories on every machine, however slow: what comes about in them is asserted too. One that fails comes again
 * with the next run, so it need not be made smaller there and then.
 */
const ALWAYS_THE_SAME = { seed: 20, endOnFailure: true };

const history = deeds({ minLength: 20, maxLength: 60 });

test('undoing the last thing that an admin did restores the exact state, or is refused and changes nothing', async () => {
  const outcomes = new Map<string, number>();
  const note = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      wealth,
      fc.array(fc.tuple(history, adminDeed), { minLength: 2, maxLength: 5 }),
      async (wealths, parts) => {
        const town = await Town.found(wealths, { isClumsy: false });
        const { bench } = town;
        for (const [before, deed] of parts) {
          for (const each of before) await town.do(each);
          const target = aim(bench, deed);
          const untouched = stateOf(bench);
          const event = carryOut(bench, deed, target);
          if (!event) {
            expect(stateOf(bench)).toEqual(untouched);
            note('not done');
            continue;
          }
          const touched = stateOf(bench);
          expect(touched).not.toEqual(untouched);
          const isUndone = undo(bench, target.admin, event);
          expect(stateOf(bench)).toEqual(isUndone ? untouched : touched);
          note(isUndone ? `${deed.kind} undone` : `${deed.kind} stands`);
          expect(undo(bench, target.admin, event) && 'a second time').toBe(isUndone && undefined);
        }
        expect(verifyLedger(bench.world.reader)).toEqual([]);
        bench.world.close();
      },
    ),
    { ...ALWAYS_THE_SAME, numRuns: 10 },
  );
  // Else it would be true of very little.
  expect([...outcomes.keys()]).toEqual(
    expect.arrayContaining(['grant undone', 'take undone', 'set undone', 'not done']),
  );
});

test('undoing it after other things have happened changes what it changed and nothing else, or is refused', async () => {
  const outcomes = new Map<string, number>();
  const note = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      wealth,
      history,
      adjustmentDeed,
      history,
      fc.boolean(),
      async (wealths, before, deed, after, isSpent) => {
        const town = await Town.found(wealths, { isClumsy: false });
        const { bench } = town;
        const { reader } = bench.world;
        for (const each of before) await town.do(each);
        const target = aim(bench, deed);
        const event = adjust(bench, deed, target);
        for (const each of after) await town.do(each);
        if (!event) return;
        const left = readBalance(reader, target.player, target.asset);
        if (isSpent) adjust(bench, { kind: 'take', amount: Math.min(left, LARGEST_ADJUSTMENT) }, target);
        const { player, asset, admin } = target;
        const { balances: held, ...rest } = stateOf(bench);
        const owned = readBalance(reader, player, asset);
        const isUndone = undo(bench, admin, event);
        note(`${deed.kind} ${isUndone ? 'undone' : 'stands'}`);
        const { balances: heldThen, ...restThen } = stateOf(bench);
        expect(readBalance(reader, player, asset)).toBe(isUndone ? owned - event.data.change : owned);
        // XP that come back may open a slot for what waits.
        if (!isUndone || asset !== 'xp') expect(restThen).toEqual(rest);
        const others = (rows: unknown) =>
          (rows as (typeof balances.$inferSelect & { guild_id: string; user_id: string })[]).filter(
            (row) => row.guild_id !== player.guildId || row.user_id !== player.userId || row.asset !== asset,
          );
        expect(others(heldThen)).toEqual(others(held));
        expect(verifyLedger(reader)).toEqual([]);
        bench.world.close();
      },
    ),
    { ...ALWAYS_THE_SAME, numRuns: 16 },
  );
  expect([...outcomes.keys()]).toEqual(
    expect.arrayContaining(['grant undone', 'grant stands', 'take undone']),
  );
});
