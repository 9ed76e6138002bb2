import { expect, test } from 'vitest';
import {
  announcementBudget,
  announcementSpacing,
  logChannel,
  quietHours,
} from '../../src/game/announcements/settings.ts';
import type { SettingDefinition } from '../../src/game/settings/definitions.ts';
import { HOUR, MIRA } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { ELSEWHERE, OWNER, TellingBench } from '../support/telling.ts';

async function openTelling() {
  const telling = new TellingBench(await createPieceBench());
  const { act, game } = telling.bench;
  const set = <Value>(definition: SettingDefinition<Value>, value: Value) =>
    act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, definition, value));
  return { telling, set };
}

test('what waits for the end of quiet hours is told when there are none any more', async () => {
  const { telling, set } = await openTelling();
  // It is noon.
  set(quietHours, { from: 11 * 60, until: 13 * 60, timeZone: 'UTC' });
  telling.announce(1);
  expect(telling.next()).toEqual({ do: 'nothing' });
  expect(telling.dueAt()).toBe(Date.UTC(2026, 10, 23, 13));
  set(quietHours, null);
  expect(telling.dueAt()).toBe(telling.bench.clock.now());
  expect(telling.told()).toEqual([1]);
});

test.each([
  ['the budget', announcementBudget, 1, 2],
  ['the spacing', announcementSpacing, 3_600, 2],
])('what waits because of %s is told when an admin allows more', async (_what, definition, before, after) => {
  const { telling, set } = await openTelling();
  set(definition, before);
  telling.announce(1);
  telling.arrive(telling.sending());
  telling.bench.clock.advance(10_000);
  telling.announce(2);
  expect(telling.next()).toEqual({ do: 'nothing' });
  expect(telling.dueAt()).toBeGreaterThan(telling.bench.clock.now() + HOUR / 2);
  set(definition, after);
  expect(telling.dueAt()).toBe(telling.bench.clock.now());
  expect(telling.told()).toEqual([2]);
});

test('a log channel that was paused is tried again when it is chosen', async () => {
  const { telling, set } = await openTelling();
  const { act, game, world } = telling.bench;
  const refused = { problem: 'refused', detail: 'Unknown', isOfConcern: true } as const;
  act((tx) => game.outlets.pause(tx, ELSEWHERE, MIRA.guildId, refused));
  set(logChannel, ELSEWHERE);
  expect(game.outlets.isOpen(world.reader, ELSEWHERE)).toBe(true);
});
