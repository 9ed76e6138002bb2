import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainEventName } from '../../src/events/define-event.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import {
  CHANGES_THE_LEDGER,
  expectAllExplained,
  expectReplayable,
  expectSound,
  readLog,
} from '../support/audit.ts';
import { type Deed, deeds, EVENTFUL, Town, type Wealth, wealth } from '../support/town.ts';

/** Long enough that one thing leads to the next. */
const LENGTH = { minLength: 80, maxLength: 240 };

/** How often the world is looked at while a history goes on: after every so many deeds. */
const LOOK_EVERY = 6;

/** A slow machine sees fewer histories; one that fails is made smaller only so long, in milliseconds. */
const interruptAfterTimeLimit = 75_000;

/** Lets a history happen, and looks at all of it. */
async function live(
  wealths: readonly Wealth[],
  history: readonly Deed[],
  options: { readonly isClumsy: boolean },
): Promise<Town> {
  const town = await Town.found(wealths, options);
  for (const [index, deed] of history.entries()) {
    await town.do(deed);
    if (index % LOOK_EVERY === 0) expectSound(town);
  }
  expectSound(town);
  await town.settle();
  expectSound(town);
  expectAllExplained(town);
  expectReplayable(town);
  return town;
}

test('whatever players do, every change is explained by what happened, and nothing comes from nothing', async () => {
  const happened = new Set<string>();
  const announced = new Set<string>();
  await fc.assert(
    fc.asyncProperty(wealth, deeds(LENGTH), async (wealths, history) => {
      const town = await live(wealths, history, { isClumsy: false });
      for (const { name } of readLog(town)) happened.add(name);
      const told = town.bench.world.reader.select().from(announcements).all();
      for (const { audience, subject } of told) if (audience === 'server') announced.add(subject.kind);
      town.bench.world.close();
    }),
    { numRuns: 8, interruptAfterTimeLimit, examples: [[EVENTFUL.wealths, EVENTFUL.history]] },
  );
  // Else it would be true of very little.
  expect([...happened]).toEqual(expect.arrayContaining(WHAT_HAPPENS));
  expect([...announced]).toEqual(
    expect.arrayContaining(['levelMilestone', 'rareAchievement', 'rareItem', 'serverMilestone']),
  );
});

test('the same is true where listeners fail now and then and are tried again', async () => {
  await fc.assert(
    fc.asyncProperty(wealth, deeds(LENGTH), async (wealths, history) => {
      const town = await live(wealths, history, { isClumsy: true });
      town.bench.world.close();
    }),
    { numRuns: 5, interruptAfterTimeLimit },
  );
});

/** What no set of histories does without. */
const WHAT_HAPPENS: DomainEventName[] = [
  ...CHANGES_THE_LEDGER,
  'userLeveledUp',
  'achievementUnlocked',
  'preferenceChanged',
];
