import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Durability } from '../../src/world/durability.ts';
import { temporaryFolder } from '../support/game.ts';
import { createWorldBench, note } from '../support/world.ts';

/** A disk that is done when the test says so. */
function createDisk() {
  const rounds: PromiseWithResolvers<void>[] = [];
  const durability = new Durability(() => {
    const round = Promise.withResolvers<void>();
    rounds.push(round);
    return round.promise;
  });
  const promised: string[] = [];
  return {
    durability,
    rounds,
    promised,
    /** Commits, and promises that as soon as it is on the disk. */
    commit: (what: string) => {
      durability.noteCommit();
      return durability.settled().then(() => promised.push(what));
    },
  };
}

test('nothing is promised before the disk has it; what came while it was busy waits for one more round', async () => {
  const { commit, rounds, promised } = createDisk();
  const first = commit('first');
  const others = [commit('second'), commit('third')];
  expect([rounds.length, promised]).toEqual([1, []]);
  rounds[0]?.resolve();
  await first;
  expect(promised).toEqual(['first']);
  rounds[1]?.resolve();
  await Promise.all(others);
  expect([rounds.length, promised]).toEqual([2, ['first', 'second', 'third']]);
});

test('without a new commit nobody waits, and the disk is left alone', async () => {
  const { commit, durability, rounds } = createDisk();
  await durability.settled();
  const first = commit('first');
  rounds[0]?.resolve();
  await first;
  await durability.settled();
  expect(rounds).toHaveLength(1);
});

test('a disk that fails keeps the promise from being made, to everybody who waits for it, then and later', async () => {
  const { commit, rounds, promised } = createDisk();
  const waiting = [commit('first'), commit('second')];
  rounds[0]?.reject(new Error('I/O error'));
  await expect(waiting[0]).rejects.toThrow('I/O error');
  await expect(waiting[1]).rejects.toThrow('I/O error');
  await expect(commit('third')).rejects.toThrow('I/O error');
  expect(promised).toEqual([]);
});

test('a world tells when what it committed is on the disk', async () => {
  const bench = createWorldBench({ file: join(temporaryFolder('durability'), 'world.sqlite') });
  onTestFinished(() => bench.world.close());
  bench.act((tx) => note(tx, 'kept'));
  await bench.world.settled();
  expect(bench.notes()).toEqual(['kept']);
});
