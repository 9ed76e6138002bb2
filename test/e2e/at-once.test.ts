import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { RESTJSONErrorCodes } from 'discord.js';
import { expect, test } from 'vitest';
import type { InteractionHandle, MessageRecord } from '../../playground/discord/index.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { parseCustomId } from '../../src/discord/custom-id.ts';
import { testPieces } from '../support/bot-process.ts';
import { buttonsOn, pathsOf, useOf } from '../support/commands.ts';
import { type ComponentUse, formOf, usesOn } from '../support/component-uses.ts';
import { furnish } from '../support/furnish.ts';
import { Stage } from '../support/stage.ts';

/** How many buttons of each kind are pressed. */
const EACH_KIND = 3;

/** Where something is chosen, how often: there is a way to each setting. */
const CHOSEN_FROM = ['browseSettings', 'chooseSetting'];
const EACH_CHOICE = 12;

/** What of the buttons is more than looking around; a no to a question leaves no event. */
const EFFECTIVE = [
  'chooseSetting',
  'confirmCancelCraft',
  'confirmGift',
  'confirmSalvage',
  'confirmTurnBack',
  'confirmUndo',
  'enterSetting',
  'makeStep',
  'repeatCraft',
  'repeatTrip',
  'setSetting',
];

/** A server in which there is much to see, and its owner in the workshop. */
async function furnished(): Promise<{ stage: Stage; seat: ReturnType<Stage['discord']['as']> }> {
  const stage = await Stage.set({ environment: { DEVELOPMENT_PIECES: testPieces('burst') } });
  furnish(stage);
  await stage.startBot();
  const seat = stage.discord.as(stage.odette, stage.workshop);
  const shown = () => seat.messages.flatMap(buttonsOn).map((id) => parseCustomId(id).handler);
  await stage.until('news of what ended', () =>
    ['repeatCraft', 'repeatTrip'].every((each) => shown().includes(each)),
  );
  // Much rare work at once, and then what makes it a hundred pieces with the one that is long due.
  await seat.command('/burst', { pieces: 98, seed: 'much' }).message();
  await stage.until('news of much', () => shown().includes('announcementsPage'));
  await seat.command('/burst', { pieces: 1, seed: 'the hundredth' }).message();
  await stage.until('news of the hundredth piece', () =>
    ['showItem', 'showLeaderboard'].every((each) => shown().includes(each)),
  );
  return { stage, seat };
}

/** Every command of the bot's own, without that of the test's pieces. */
function ownPaths(stage: Stage): string[] {
  return pathsOf(stage.discord.commands()).filter((path) => path !== '/burst');
}

/** The interactions that have led to something since an event. */
function actedSince(stage: Stage, sequence: number): string[] {
  return stage
    .query<{ cause: string }>(
      `SELECT DISTINCT cause_id AS cause FROM events WHERE sequence > ? AND cause_id LIKE 'interaction:%'`,
      sequence,
    )
    .map(({ cause }) => cause.slice('interaction:'.length));
}

function lastEvent(stage: Stage): number {
  return stage.query<{ last: number }>('SELECT max(sequence) AS last FROM events')[0]?.last ?? 0;
}

/** Lets many things happen at once, and sees that each is answered once and that no more came of them than may. */
async function atOnce(
  stage: Stage,
  what: string,
  most: number,
  count: number,
  act: (delivery: 'once' | 'twice') => InteractionHandle,
): Promise<InteractionHandle[]> {
  const before = lastEvent(stage);
  // Every other one is delivered twice by Discord.
  const handles = Array.from({ length: count }, (_, index) => act(index % 2 === 0 ? 'once' : 'twice'));
  await Promise.all(handles.map(({ answered }) => answered));
  const acted = actedSince(stage, before);
  expect(acted.length, `${what}: how many of ${count} at once had an effect`).toBeLessThanOrEqual(most);
  const talkative = handles.filter(({ followUps }) => followUps.length > 0).map(({ id }) => id);
  expect(acted, `${what}: who is answered more than once`).toEqual(expect.arrayContaining(talkative));
  expect(stage.discrepancies()).toEqual([]);
  return handles;
}

/** What went wrong, in the bot or by Discord's rules. */
function mishaps(stage: Stage): unknown[] {
  const errors = stage.bot.log.filter(({ level }) => level === 'error' || level === 'fatal');
  // What is delivered twice and changes nothing is answered twice; Discord takes the first answer.
  const refused = stage.discord.refusals.filter(
    ({ code }) => code !== RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  );
  return [...errors, ...refused];
}

test('any command fifty times at once brings nothing that one would not have brought', async () => {
  const { stage, seat } = await furnished();
  const paths = ownPaths(stage);
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) {
    const { values, most = 1 } = useOf(stage, path);
    await atOnce(stage, path, most, 50, (delivery) => seat.command(path, values, { delivery }));
  }
  // Each of them has had its effect, and had it once.
  const { id } = stage.odette;
  const events = (name: string) => stage.count(`events WHERE user_id = '${id}' AND name = '${name}'`);
  expect({
    gifts: events('dailyClaimed'),
    trips: stage.count(`trips WHERE user_id = '${id}' AND state = 'active'`),
    given: events('itemGiven'),
    salvaged: events('itemSalvaged'),
  }).toEqual({ gifts: 1, trips: 1, given: 0, salvaged: 0 });
  // Those that were there before, one at work, and what the queue holds.
  expect(stage.count(`crafts WHERE user_id = '${id}'`)).toBe(1 + 5);
  expect(mishaps(stage)).toEqual([]);
});

test('any button, choice or form twenty times at once brings nothing that one press would not have brought', async () => {
  const { stage, seat } = await furnished();
  const isLast = (path: string) => path === '/privacy delete';
  const commands: [string, Parameters<typeof seat.command>[1]][] = ownPaths(stage)
    // Whoever is forgotten has nothing left to press.
    .sort((one, other) => Number(isLast(one)) - Number(isLast(other)))
    .map((path) => [path, useOf(stage, path).values]);
  // One that lacks materials, and so shows the way to them.
  commands.unshift(['/craft', { recipe: 'iron_sword', quantity: 25 }]);
  const pressed = new Map<string, Set<string>>();
  const effective = new Set<string>();
  const press = async ({ what, handler, use }: ComponentUse, inReverse: boolean) => {
    const known = pressed.get(handler) ?? new Set();
    const most = CHOSEN_FROM.includes(handler) ? EACH_CHOICE : EACH_KIND;
    if (known.has(what) || known.size >= most) return;
    pressed.set(handler, known.add(what));
    const before = lastEvent(stage);
    const handles = await atOnce(stage, what, 1, 20, (delivery) => use(seat, { delivery }));
    if (actedSince(stage, before).length > 0) effective.add(handler);
    const [form] = handles.flatMap((handle) => formOf(handle) ?? []);
    if (form) await press(form, inReverse);
    await pressAll(
      handles.flatMap(({ original }) => original ?? []),
      inReverse,
    );
  };

  const pressAll = async (shown: readonly MessageRecord[], inReverse = false) => {
    for (const message of shown) {
      const uses = usesOn(stage, message);
      for (const use of inReverse ? uses.reverse() : uses) await press(use, inReverse);
    }
  };

  await pressAll(seat.messages);
  // Twice, so that of two questions one is answered with yes first and the other one with no.
  for (const inReverse of [false, true]) {
    for (const [path, values] of commands) {
      await pressAll([await seat.command(path, values).message()], inReverse);
    }
  }

  const files = readdirSync(join(PROJECT_ROOT, 'src/interaction-handlers')).map((file) =>
    basename(file, '.ts'),
  );
  const unpressed = files.filter((handler) => !handler.startsWith('unknown') && !pressed.has(handler));
  expect(unpressed, 'Show what these handle by a command in this test, or by furnish().').toEqual([]);
  // Else nothing was put to the test.
  expect([...effective]).toEqual(expect.arrayContaining(EFFECTIVE));
  expect(mishaps(stage)).toEqual([]);
});
