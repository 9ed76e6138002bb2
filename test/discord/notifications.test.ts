import { join } from 'node:path';
import { container } from '@sapphire/framework';
import { beforeAll, expect, test } from 'vitest';
import { readLanguages } from '../../scripts/language-files.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { createPieceBench } from '../support/pieces.ts';

/** Discord's limit for the choices of an option ("Application Command Option Structure"); one of them is everything. */
const MOST_KINDS = 25 - 1;

const KIND = 'notifications:kind.';

beforeAll(async () => {
  await createPieceBench();
});

test.each([...readLanguages(join(PROJECT_ROOT, 'data/locales'))])(
  'in %s there is a word for every kind of thing that players are notified of, so that they can choose how',
  (_language, texts) => {
    const named = [...texts.keys()]
      .filter((key) => key.startsWith(KIND))
      .map((key) => key.slice(KIND.length));
    expect(named.sort()).toEqual(container.stores.get('cards').kindsFor('player'));
  },
);

test('Discord has room for every kind among the choices', () => {
  const kinds = container.stores.get('cards').kindsFor('player');
  expect(kinds.length).toBeGreaterThan(0);
  expect(kinds.length).toBeLessThanOrEqual(MOST_KINDS);
});
