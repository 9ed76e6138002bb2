import { describe, expect, test } from 'vitest';
import { dailyCounts } from '../../src/game/analytics/daily-counts.table.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { HOUR, MIRA, WORKSHOP } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { only } from '../support/world.ts';

function setOut(bench: PieceBench) {
  const actor = { ...MIRA, channelId: WORKSHOP, locale: 'de' };
  return bench.act((tx) =>
    bench.game.gathering.setOut(tx, actor, { placeId: 'whispering_woods', supplies: false }),
  );
}

describe('when somebody comes back', () => {
  test('XP is granted, the day counted and the player told, all as of the time they were due', async () => {
    const bench = await createPieceBench();
    const { id, placeId, returnsAt, promise } = setOut(bench);
    bench.clock.advance(30 * HOUR);
    expect(await bench.runDueJobs('finishGathering')).toBe(1);

    const gathered = only(bench.published('itemsGathered'));
    // Whoever comes first, the job or the player's next command: it is the trip that makes it happen.
    expect(gathered.causeId).toBe(`due:${id}`);
    const { items, total } = gathered.data as { items: unknown; total: number };
    expect(bench.published('xpGranted')).toMatchObject([
      {
        ...MIRA,
        occurredAt: returnsAt,
        causeId: gathered.id,
        data: { amount: promise.xp, reason: 'gathering' },
      },
    ]);
    const { reader } = bench.world;
    const counts = reader.select().from(dailyCounts).all();
    expect(counts.filter(({ metric }) => metric === 'itemsGathered')).toEqual([
      { guildId: MIRA.guildId, day: '2026-11-23', metric: 'itemsGathered', value: total },
    ]);
    expect(reader.select().from(announcements).all()).toMatchObject([
      {
        ...MIRA,
        channelId: WORKSHOP,
        occurredAt: returnsAt,
        subject: { kind: 'tripReturned', tripId: id, placeId, items, xp: promise.xp },
      },
    ]);
    expect(bench.world.outbox.find(`discordNotify:${WORKSHOP}`)?.payload).toEqual({ outletId: WORKSHOP });
  });
});

describe('the job finishGathering', () => {
  test('does nothing for a trip that is over or was never there', async () => {
    const bench = await createPieceBench();
    const { id } = setOut(bench);
    bench.act((tx) => bench.game.gathering.turnBack(tx, MIRA, id));
    bench.act((tx) => tx.request({ task: 'finishGathering', id: 'made-up', payload: { tripId: 'made-up' } }));
    bench.clock.advance(HOUR);
    expect(await bench.runDueJobs('finishGathering')).toBe(2);
    expect(bench.published('itemsGathered')).toEqual([]);
    expect(bench.world.outbox.find('finishGathering:made-up')).toBeUndefined();
  });

  test('puts itself back when it comes too early', async () => {
    const bench = await createPieceBench();
    const { id, returnsAt } = setOut(bench);
    bench.act((tx) => tx.request({ task: 'finishGathering', id, payload: { tripId: id } }));
    expect(await bench.runDueJobs('finishGathering')).toBe(1);
    expect(bench.published('itemsGathered')).toEqual([]);
    expect(bench.world.outbox.find(`finishGathering:${id}`)?.runAt).toBe(returnsAt);
  });
});
