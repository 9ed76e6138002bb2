import { expect, test } from 'vitest';
import { interactions } from '../../src/world/interactions.table.ts';
import { createGameBench, HOUR } from '../support/game.ts';

test('interactions are remembered for a day, and not for ever', () => {
  const { world, clock } = createGameBench();
  const act = (interactionId: string) =>
    world.transact({ cause: interactionId, interactionId }, () => undefined);
  const remembered = () =>
    world.reader
      .select({ id: interactions.id })
      .from(interactions)
      .all()
      .map(({ id }) => id);
  act('first');
  clock.advance(24 * HOUR);
  act('second');
  expect(remembered()).toEqual(['first', 'second']);
  expect(() => act('first')).toThrow('was acted on before');
  clock.advance(HOUR);
  act('third');
  expect(remembered()).toEqual(['second', 'third']);
});
