import { expect, test } from 'vitest';
import { NEWS, TellingBench } from '../support/telling.ts';

test('a paused place that nothing waits for is open again when it is time, and is left alone longer each time', () => {
  const telling = new TellingBench();
  const { game, world, clock } = telling.bench;
  const isOpen = () => game.outlets.isOpen(world.reader, NEWS);
  const waits: number[] = [];
  for (let time = 0; time < 3; time++) {
    telling.tell(1);
    telling.end(telling.sending(), { became: 'refused', problem: 'refused', detail: 'Not now' });
    // What was for Mira goes to her directly, and what the admins are told goes to the owner.
    expect([isOpen(), telling.next()]).toEqual([false, { do: 'nothing' }]);
    const before = clock.now();
    telling.wait();
    expect([telling.next(), isOpen()]).toEqual([{ do: 'nothing' }, true]);
    waits.push(clock.now() - before);
  }
  expect(waits).toEqual([60_000, 300_000, 1_800_000]);
  telling.tell(1);
  telling.arrive(telling.sending());
  telling.bench.clock.advance(10_000);
  telling.tell(1);
  telling.end(telling.sending(), { became: 'refused', problem: 'refused', detail: 'Not now' });
  expect(game.outlets.find(world.reader, NEWS)?.probeAt).toBe(clock.now() + 60_000);
});

test('a paused place that nothing waits for stays closed while the gateway says why', () => {
  const telling = new TellingBench();
  const { game, world } = telling.bench;
  telling.problems.set(NEWS, 'missingPermissions');
  telling.tell(1);
  telling.next();
  for (let hour = 0; hour < 3; hour++) {
    telling.wait();
    telling.next();
    expect(game.outlets.isOpen(world.reader, NEWS)).toBe(false);
  }
  telling.problems.delete(NEWS);
  telling.wait();
  telling.next();
  expect(game.outlets.isOpen(world.reader, NEWS)).toBe(true);
});
