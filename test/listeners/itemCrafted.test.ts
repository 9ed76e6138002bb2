import { describe, expect, test } from 'vitest';
import { itemCrafted } from '../../src/events/itemCrafted.ts';
import { dailyCounts } from '../../src/game/analytics/daily-counts.table.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { announcementChannel, announcementRarity } from '../../src/game/announcements/settings.ts';
import { serverTotals } from '../../src/game/servers/server-totals.table.ts';
import { DomainListener } from '../../src/pieces/domain-listener.ts';
import type { DomainEvent } from '../../src/world/event.ts';
import { balances } from '../../src/world/ledger.table.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { HOUR, MIRA, WORKSHOP } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { only } from '../support/world.ts';

/** Those that hear of crafted items alone. */
const LISTENERS = [
  'grantCraftingXp',
  'recordCraftingAnalytics',
  'announceRareItem',
  'tellCraftFinished',
  'countServerTotals',
] as const;
const NEWS = '800000000000000009';
const LAST_MINUTE_OF_JANUARY = Date.UTC(2026, 0, 31, 23, 59);

/** A server that wants to hear of rare items. */
async function createServer(): Promise<PieceBench> {
  const bench = await createPieceBench();
  // There is nothing that happened before, and what is earned is unlocked at once from now on.
  await bench.runDueJobs('replayEvents');
  bench.act((tx) => bench.game.settings.set(tx, MIRA.guildId, '1', announcementChannel, NEWS));
  return bench;
}

/** A craft ends. */
function finish(bench: PieceBench, rarity: 'common' | 'rare' = 'rare', crafted = 100) {
  const data = {
    craftId: 'a craft',
    recipeId: 'star_compass',
    itemId: 'star_compass',
    rarity,
    crafted,
    masterworks: 0,
    quantity: crafted,
    xp: 50 * crafted,
    channelId: WORKSHOP,
  };
  return bench.act((tx) => tx.publish(itemCrafted, { ...MIRA, occurredAt: LAST_MINUTE_OF_JANUARY, data }));
}

/** Everything that the listeners have done. */
function effects(bench: PieceBench) {
  const { reader } = bench.world;
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
  const events = bench.published().filter(({ name }) => name !== 'settingsChanged');
  return {
    xp: reader.select().from(balances).all(),
    counts: reader.select().from(dailyCounts).orderBy(dailyCounts.metric).all(),
    totals: reader.select().from(serverTotals).all(),
    announcements: reader.select().from(announcements).all().sort(byId),
    achievements: bench.game.achievements.progress(reader, MIRA),
    events: events.map(({ id, name, data }) => ({ id, name, data })).sort(byId),
    jobs: bench.world.outbox
      .page(0, 100)
      .map(({ key, payload }) => ({ key, payload }))
      .sort((one, other) => (one.key < other.key ? -1 : 1)),
  };
}

/** The rare items that are announced to the server. */
const announced = (bench: PieceBench) =>
  effects(bench).announcements.filter(
    ({ audience, subject }) => audience === 'server' && subject.kind === 'rareItem',
  );

describe('when something is crafted', () => {
  test('XP is granted, the achievement unlocked, the day counted and the rare item announced', async () => {
    const bench = await createServer();
    finish(bench);
    expect(bench.game.progression.progress(bench.world.reader, MIRA).xp).toBe(5_000);
    expect(bench.published('userLeveledUp')).toMatchObject([{ data: { from: 1 } }]);
    expect(bench.published('achievementUnlocked')).toContainEqual(
      expect.objectContaining({
        ...MIRA,
        data: expect.objectContaining({ achievementId: 'master_crafter' }),
      }),
    );
    expect(effects(bench).counts.map(({ day, metric, value }) => [day, metric, value])).toEqual([
      ['2026-01-31', 'itemsCrafted', 100],
      ['2026-01-31', 'itemsCrafted:rare', 100],
    ]);
    expect(only(announced(bench))).toMatchObject({ ...MIRA, state: 'pending' });
    const kinds = effects(bench).announcements.map(({ audience, subject }) => `${audience}: ${subject.kind}`);
    expect(kinds).toEqual(
      expect.arrayContaining(['server: rareItem', 'server: levelMilestone', 'server: serverMilestone']),
    );
    expect(only(effects(bench).totals)).toMatchObject({ metric: 'itemsCrafted', value: 100 });
    expect(bench.world.outbox.find(`discordNotify:${NEWS}`)?.payload).toEqual({ outletId: NEWS });
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('the player is told where they ordered it, by whatever became of it', async () => {
    const bench = await createPieceBench();
    finish(bench);
    expect(only(effects(bench).announcements)).toMatchObject({
      ...MIRA,
      channelId: WORKSHOP,
      subject: {
        kind: 'craftFinished',
        craftId: 'a craft',
        recipeId: 'star_compass',
        itemId: 'star_compass',
        quantity: 100,
        masterworks: 0,
        xp: 5_000,
      },
    });
    expect(bench.world.outbox.find(`discordNotify:${WORKSHOP}`)).toBeDefined();
  });

  test('all that is traced back to it', async () => {
    const bench = await createServer();
    const { id } = finish(bench);
    const caused = bench
      .published()
      .filter(
        ({ name, data }) =>
          name === 'xpGranted' || (data as { achievementId?: string }).achievementId === 'master_crafter',
      );
    expect(caused.map(({ causeId }) => causeId)).toEqual([id, id]);
  });

  test('nothing is announced that is common, nor where no channel was chosen, nor where only more is wanted', async () => {
    const quiet = await createPieceBench();
    finish(quiet);
    expect(announced(quiet)).toEqual([]);

    const bench = await createServer();
    finish(bench, 'common');
    bench.act((tx) => bench.game.settings.set(tx, MIRA.guildId, '1', announcementRarity, 'epic'));
    finish(bench, 'rare');
    expect(announced(bench)).toEqual([]);
  });
});

describe('the listeners do not depend on each other', () => {
  test('the order in which they were loaded changes nothing', async () => {
    const bench = await createServer();
    const rearranged = await createServer();
    const listeners = rearranged.bus.emitter.all.get('itemCrafted');
    expect(listeners).toHaveLength(LISTENERS.length);
    listeners?.reverse();
    // Chance and ids come from the world's secret and the cause.
    for (const each of [bench, rearranged]) finish(each);
    expect(effects(rearranged)).toEqual(effects(bench));
  });

  test.each([
    ...LISTENERS,
    'trackAchievements',
    'startWaitingCrafts',
    'tellLevelUp',
    'announceLevelMilestone',
    'announceServerMilestone',
  ])('without %s the others do the same, and what was missed comes later as if in time', async (name) => {
    const whole = await createServer();
    finish(whole);

    const bench = await createServer();
    await finishWithFailing(bench, name);
    expect(only(bench.world.deliveries.list('pending', 10))).toMatchObject({ listener: name });
    bench.clock.advance(30 * HOUR);
    await bench.runDueJobs('retryDelivery');
    expect(bench.world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
    expect({ ...effects(bench), jobs: [] }).toEqual({ ...effects(whole), jobs: [] });
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });
});

/** Something is crafted, and one listener throws after it has done all its work; then it is as it was. */
async function finishWithFailing(bench: PieceBench, name: string) {
  const listener = domainListener(bench, name);
  let isFirst = true;
  class FailingListener extends DomainListener {
    constructor(context: DomainListener.LoaderContext) {
      super(context, ...listener.definitions);
    }

    override hears(event: DomainEvent): boolean {
      return listener.hears(event);
    }

    override handle(event: DomainEvent, tx: Tx): void {
      listener.handle(event, tx);
      if (isFirst) {
        isFirst = false;
        throw new Error('Not today.');
      }
    }
  }
  await bench.addListener(name, FailingListener);
  const event = finish(bench);
  await listener.reload();
  return event;
}

function domainListener(bench: PieceBench, name: string): DomainListener {
  const listener = bench.listener(name);
  if (listener instanceof DomainListener) return listener;
  throw new Error(`${name} is no domain listener.`);
}
