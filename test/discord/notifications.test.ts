import { join } from 'node:path';
import { container } from '@sapphire/framework';
import { userMention } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { readLanguages } from '../../scripts/language-files.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { composeMessage } from '../../src/discord/views/announcements.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import type { Way } from '../../src/game/announcements/ways.ts';
import type { Holder } from '../../src/world/ledger.ts';
import { MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';

/** Discord's limit for the choices of an option ("Application Command Option Structure"); one of them is everything. */
const MOST_KINDS = 25 - 1;

const KIND = 'notifications:kind.';

let bench: PieceBench;

beforeEach(async () => {
  bench = await createPieceBench();
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

describe('a message to players', () => {
  function choose(who: Holder, way: Way): void {
    bench.act((tx) => bench.game.notifications.choose(tx, who, ['gift', 'craftFinished'], way));
  }

  function give(...people: readonly Holder[]): void {
    const gift = { kind: 'gift', from: '100000000000000009', itemId: 'coal', quantity: 1 } as const;
    for (const who of people) bench.act((tx) => bench.game.announcements.tell(tx, who, WORKSHOP, gift));
  }

  function finish(who: Holder): void {
    const what = { craftId: 'c', recipeId: 'campfire', itemId: 'campfire', quantity: 1 };
    bench.act((tx) =>
      bench.game.announcements.tell(tx, who, WORKSHOP, {
        kind: 'craftFinished',
        ...what,
        masterworks: 0,
        xp: 10,
      }),
    );
  }

  /** The message that tells all of it. */
  function composed(): Record<string, unknown> {
    const told = bench.world.reader.select().from(announcements).all();
    return composeMessage(told, 'm').body;
  }

  test('pings nobody who did not ask for it', () => {
    give(MIRA, TOBIN);
    expect(composed()).toMatchObject({ allowed_mentions: { parse: [] } });
    expect(composed()).not.toHaveProperty('content');
  });

  test.each([1, 20])('pings who asked for it once, and nobody else, with %i things to tell', (count) => {
    choose(MIRA, 'channel');
    give(...Array<Holder>(count).fill(MIRA), TOBIN);
    expect(composed()).toMatchObject({
      content: userMention(MIRA.userId),
      allowed_mentions: { parse: [], users: [MIRA.userId] },
    });
  });

  test('says what happened where a phone shows it, and nothing twice', () => {
    choose(MIRA, 'channel');
    finish(MIRA);
    expect(composed()).toMatchObject({
      content: `${userMention(MIRA.userId)}, your craft is ready: 🔥 Campfire`,
      embeds: [{ description: '+10 XP' }],
      components: [{ components: [{ label: 'Make again: Campfire' }] }],
    });
  });

  test('keeps a card that would be empty: by its time the message is known again among others that say the same', () => {
    choose(MIRA, 'channel');
    give(MIRA);
    const gift = expect.stringContaining('gives');
    expect(composed()).toMatchObject({
      content: gift,
      embeds: [{ description: gift, timestamp: new Date(bench.clock.now()).toISOString() }],
    });
  });

  test('that is direct pings nobody, and says how much there is where it is more than one thing', () => {
    choose(MIRA, 'direct');
    give(MIRA);
    finish(MIRA);
    expect(composed()).toMatchObject({
      content: '2 things have happened:',
      embeds: [{ description: expect.stringContaining('gives') }, {}],
      allowed_mentions: { parse: [] },
    });
  });
});
