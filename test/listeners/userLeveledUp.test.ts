import { describe, expect, test } from 'vitest';
import { recipeName, translator } from '../../src/discord/translate.ts';
import { composeMessage } from '../../src/discord/views/announcements.ts';
import { engagementObserved } from '../../src/events/engagementObserved.ts';
import { engagementRewarded } from '../../src/events/engagementRewarded.ts';
import { userLeveledUp } from '../../src/events/userLeveledUp.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { announcementChannel, levelMilestone } from '../../src/game/announcements/settings.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import { xpToNextLevel } from '../../src/game/progression/levels.ts';
import { CRAFTING_XP } from '../../src/game/progression/progression.ts';
import { HOUR, MIRA, WORKSHOP } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { NEWS } from '../support/telling.ts';

/** Somebody who has played in the workshop. */
async function createPlayer(locale = 'en-US'): Promise<PieceBench> {
  const bench = await createPieceBench();
  bench.act((tx) => bench.game.players.ensure(tx, { ...MIRA, channelId: WORKSHOP, locale }));
  return bench;
}

function grant(bench: PieceBench, amount: number, reason = 'crafting'): void {
  bench.act((tx) => bench.game.progression.grantXp(tx, MIRA, amount, reason));
}

const told = (bench: PieceBench) =>
  bench.world.reader
    .select()
    .from(announcements)
    .all()
    .filter(({ subject }) => subject.kind === 'levelUp');

/** The cards of the next message to the workshop. */
function cards(bench: PieceBench): readonly { description: string }[] {
  const here = { problem: undefined, home: undefined, ownerOf: () => undefined };
  const step = bench.act((tx) => bench.game.channelMessages.next(tx, WORKSHOP, here, composeMessage));
  const { embeds = [] } = (step.do === 'send' ? step.message.body : {}) as {
    embeds?: { description: string }[];
  };
  return embeds;
}

describe('a new level', () => {
  test('is told where the player played last, with what it opens', async () => {
    const bench = await createPlayer();
    grant(bench, 100);
    expect(told(bench)).toMatchObject([
      { ...MIRA, channelId: WORKSHOP, subject: { kind: 'levelUp', from: 1, to: 2 } },
    ]);
    const [card] = cards(bench);
    expect(card?.description).toContain(`<@${MIRA.userId}>, you have reached **level 2**!`);
    const { recipes, places } = bench.game.catalog.current.unlocks(1, 2);
    expect(card?.description.split('\n')).toHaveLength(
      1 + Math.sign(recipes.length) + Math.sign(places.length),
    );
    for (const { id } of recipes) expect(card?.description).toContain(recipeName(translator('en-US'), id));
  });

  test('from the chat opens its slot when it is reached, also where that is noticed long after', async () => {
    const bench = await createPlayer();
    const { catalog, crafting, inventory } = bench.game;
    let [level, needed] = [1, 0];
    while (catalog.current.perk('craftingSlots', level) === 1) needed += xpToNextLevel(level++);
    // One short of it with what the first craft brings.
    grant(bench, needed - 5 * CRAFTING_XP.common - 1);
    bench.act((tx) => {
      const found = [{ itemId: 'oak_log', quantity: 75 }];
      const event = tx.publish(engagementRewarded, { ...MIRA, data: { points: 0, xp: 0, items: found } });
      inventory.give(tx, MIRA, found, event);
    });
    // Five seconds each, so that the first one ends before the level and the second one after it.
    const ids = [5, 25, 25].map((quantity) => {
      const order = { ...MIRA, channelId: WORKSHOP, recipeId: 'oak_plank', quantity };
      return bench.act((tx) => crafting.startCraft(tx, order)).id;
    });
    bench.act((tx) =>
      tx.publish(engagementObserved, {
        ...MIRA,
        data: { kind: 'command', channelId: WORKSHOP, parentId: null },
      }),
    );

    bench.clock.advance(HOUR);
    await bench.runDueJobs('processEngagement');
    bench.game.dueWork.settle(bench.world, MIRA);
    const [reached] = bench
      .published('userLeveledUp')
      .filter(({ data }) => (data as { to: number }).to === level);
    const [first, second, third] = ids.map((id) => crafting.find(bench.world.reader, id));
    expect(reached?.occurredAt).toBeGreaterThan(first?.completesAt ?? Number.POSITIVE_INFINITY);
    expect(second?.startedAt).toBe(first?.completesAt);
    expect(third?.startedAt).toBe(reached?.occurredAt);
  });

  test('says what perks are now, in words', async () => {
    const bench = await createPlayer();
    grant(bench, 5_000);
    const { level } = bench.game.progression.progress(bench.world.reader, MIRA);
    const [card] = cards(bench);
    const { perks } = bench.game.catalog.current.unlocks(1, level);
    const value = (name: string) => perks.find(({ perk }) => perk === name)?.value;
    expect(card?.description).toContain(`• ${value('craftingSlots')} crafts at once`);
    expect(card?.description).toContain(`• room for ${value('queueLength')} crafts in the queue`);
  });

  test('is told to nobody who never played, only chatted', async () => {
    const bench = await createPieceBench();
    bench.act((tx) => bench.game.players.ensure(tx, MIRA));
    grant(bench, 100);
    expect(told(bench)).toEqual([]);
  });

  test('that came from the chat is told to who asked for that', async () => {
    const bench = await createPlayer();
    grant(bench, 100, 'engagement');
    expect(told(bench)).toEqual([]);
    bench.act((tx) => bench.game.preferences.set(tx, MIRA, notificationWay('engagement'), 'quiet'));
    grant(bench, 300, 'engagement');
    expect(told(bench)).toHaveLength(1);
  });

  test('is short enough: ten of them that open the whole game fit into one message', async () => {
    for (const locale of ['en-US', 'de']) {
      const bench = await createPlayer(locale);
      bench.act((tx) => {
        for (let card = 0; card < 10; card++) {
          bench.game.announcements.tell(tx, MIRA, WORKSHOP, { kind: 'levelUp', from: 1, to: 100 });
        }
      });
      const shown = cards(bench);
      expect(shown).toHaveLength(10);
      expect(shown[0]?.description).toMatch(/…$/);
      expect(shown.map(({ description }) => description).join('').length).toBeLessThanOrEqual(6_000);
    }
  });
});

describe('a level that the server celebrates', () => {
  /** A server that wants to hear of levels. */
  async function createServer(every?: number): Promise<PieceBench> {
    const bench = await createPlayer();
    const { settings } = bench.game;
    bench.act((tx) => {
      settings.set(tx, MIRA.guildId, '1', announcementChannel, NEWS);
      if (every !== undefined) settings.set(tx, MIRA.guildId, '1', levelMilestone, every);
    });
    return bench;
  }

  /** As if somebody had reached a level. */
  function reach(bench: PieceBench, from: number, to: number, reason = 'crafting'): void {
    bench.act((tx) => tx.publish(userLeveledUp, { ...MIRA, data: { from, to, reason } }));
  }

  const celebrated = (bench: PieceBench) =>
    bench.world.reader
      .select()
      .from(announcements)
      .orderBy(announcements.occurredAt)
      .all()
      .flatMap(({ subject }) => (subject.kind === 'levelMilestone' ? subject.level : []));

  test('is every fifth, by whatever it was reached; each is told once', async () => {
    const bench = await createServer();
    for (let level = 1; level < 16; level++)
      reach(bench, level, level + 1, level % 2 ? 'engagement' : 'crafting');
    expect(celebrated(bench)).toEqual([5, 10, 15]);
  });

  test.each([
    [1, 4, []],
    [4, 5, [5]],
    [5, 6, []],
    [5, 9, []],
    [4, 6, [6]],
    [3, 17, [17]],
    [9, 10, [10]],
  ])('from %i to %i: jumped over or reached, it is the level that is told', async (from, to, expected) => {
    const bench = await createServer();
    reach(bench, from, to);
    expect(celebrated(bench)).toEqual(expected);
  });

  test('is the one that the server chose', async () => {
    const bench = await createServer(7);
    for (const level of [4, 6, 13]) reach(bench, level, level + 1);
    expect(celebrated(bench)).toEqual([7, 14]);
    const every = await createServer(1);
    reach(every, 1, 2);
    expect(celebrated(every)).toEqual([2]);
  });

  test('is told nowhere where no channel was chosen', async () => {
    const bench = await createPlayer();
    reach(bench, 4, 5);
    expect(celebrated(bench)).toEqual([]);
  });
});
