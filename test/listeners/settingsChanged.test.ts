import { expect, test } from 'vitest';
import type { AnnouncementWishes } from '../../src/game/announcements/announcement-policy.ts';
import { HOUR, MIRA } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { ELSEWHERE, OWNER, TellingBench } from '../support/telling.ts';

async function openTelling() {
  const telling = new TellingBench(await createPieceBench());
  const { act, game } = telling.bench;
  const admin = { guildId: MIRA.guildId, userId: OWNER };
  const change = (wishes: AnnouncementWishes) =>
    act((tx) => game.announcementPolicy.change(tx, admin, wishes));
  return { telling, change };
}

test('what waits for the end of quiet hours is told when there are none any more', async () => {
  const { telling, change } = await openTelling();
  // It is noon.
  change({ quietHours: { from: 11 * 60, until: 13 * 60 } });
  telling.announce(1);
  expect(telling.next()).toEqual({ do: 'nothing' });
  expect(telling.dueAt()).toBe(Date.UTC(2026, 10, 23, 13));
  change({ quietHours: null });
  expect(telling.dueAt()).toBe(telling.bench.clock.now());
  expect(telling.told()).toEqual([1]);
});

test.each([
  ['the budget', { budget: 1, spacing: 2 }, { budget: 2 }],
  ['the spacing', { spacing: 3_600 }, { spacing: 2 }],
])('what waits because of %s is told when an admin allows more', async (_what, before, after) => {
  const { telling, change } = await openTelling();
  change(before);
  telling.announce(1);
  telling.arrive(telling.sending());
  telling.bench.clock.advance(10_000);
  telling.announce(2);
  expect(telling.next()).toEqual({ do: 'nothing' });
  expect(telling.dueAt()).toBeGreaterThan(telling.bench.clock.now() + HOUR / 2);
  change(after);
  expect(telling.dueAt()).toBe(telling.bench.clock.now());
  expect(telling.told()).toEqual([2]);
});

test('a log channel that was paused is tried again when it is chosen', async () => {
  const { telling, change } = await openTelling();
  const { act, game, world } = telling.bench;
  const refused = { problem: 'refused', detail: 'Unknown', isOfConcern: true } as const;
  act((tx) => game.outlets.pause(tx, ELSEWHERE, MIRA.guildId, refused));
  change({ logChannelId: ELSEWHERE });
  expect(game.outlets.isOpen(world.reader, ELSEWHERE)).toBe(true);
});
