import { asc, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whyText } from '../../src/discord/ledger-words.ts';
import { translator } from '../../src/discord/translate.ts';
import { type LedgerLine, LINES_PER_PAGE, storyQuery } from '../../src/game/admin/explanations.ts';
import { events } from '../../src/world/events.table.ts';
import { ledger } from '../../src/world/ledger.table.ts';
import { type Asset, type Holder, readBalance } from '../../src/world/ledger.ts';
import { type AdminDeed, adminDeed, aim, carryOut, undo } from '../support/admins.ts';
import { CHANGES_THE_LEDGER } from '../support/audit.ts';
import { createGameBench, HOUR, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { almsGiven, deeds, EVENTFUL, OTHER_GUILD, Town, wealth } from '../support/town.ts';
import { only } from '../support/world.ts';

const LANGUAGES = ['en-US', 'de'] as const;

/** Turns all pages of a story. */
function pagesOf({ game, world }: PieceBench, holder: Holder, asset: Asset) {
  const first = game.explanations.story(world.reader, holder, asset, 0);
  const rest = Array.from({ length: first.count - 1 }, (_, index) =>
    game.explanations.story(world.reader, holder, asset, index + 1),
  );
  return [first, ...rest];
}

/** Everybody who ever had something, with what that was. */
function owned({ world }: PieceBench): (Holder & { readonly asset: Asset })[] {
  const { guildId, userId, asset } = ledger;
  // The ledger holds nothing else.
  return world.reader.selectDistinct({ guildId, userId, asset }).from(ledger).all() as (Holder & {
    asset: Asset;
  })[];
}

/** What the ledger has of one thing, read in the simplest way: the newest first. */
function rowsOf({ world }: PieceBench, { guildId, userId }: Holder, asset: Asset) {
  return world.reader
    .select()
    .from(ledger)
    .orderBy(asc(ledger.id))
    .all()
    .filter((row) => row.guildId === guildId && row.userId === userId && row.asset === asset)
    .reverse();
}

/** What is wrong with the words for a line; nothing for one that has some. */
function wordless(line: LedgerLine): string[] {
  if (line.event.name === almsGiven.name) return [];
  return LANGUAGES.flatMap((language) => {
    const t = translator(language);
    const text = whyText(t, line);
    const isFallback = text === t('explain:why.other', { event: line.event.name });
    const isBroken = /\{\{|undefined|NaN|\[object|explain:|<@>|<t:0:/.test(text);
    return isFallback || isBroken || text === '' ? [`${language} ${line.event.name}: ${text}`] : [];
  });
}

/** Something given by those who run the server. */
const GRANT: AdminDeed = { kind: 'grant', who: 0, which: 1, amount: 5 };

describe('for any history', () => {
  test('the story of everything that anybody ever had accounts for every unit, each line once, with words in every language', async () => {
    const told = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        wealth,
        fc.array(fc.tuple(deeds({ minLength: 30, maxLength: 90 }), adminDeed), {
          minLength: 2,
          maxLength: 3,
        }),
        async (wealths, parts) => {
          const town = await Town.found(wealths, { isClumsy: false });
          const { bench } = town;
          for (const [history, deed] of parts) {
            for (const each of history) await town.do(each);
            const target = aim(bench, deed);
            const event = carryOut(bench, deed, target);
            if (event && deed.which % 3 === 0) undo(bench, target.admin, event);
          }
          for (const { asset, ...holder } of owned(bench)) {
            const pages = pagesOf(bench, holder, asset);
            const lines = pages.flatMap((page) => page.lines);
            const rows = rowsOf(bench, holder, asset);
            const now = readBalance(bench.world.reader, holder, asset);
            expect(lines.map(({ event, change }) => [event.id, change])).toEqual(
              rows.map(({ eventId, change }) => [eventId, change]),
            );
            expect(lines.reduce((sum, { change }) => sum + change, 0)).toBe(now);
            expect(lines[0]?.balance).toBe(now);
            lines.forEach(({ balance, change }, index) => {
              expect(balance - change).toBe(lines[index + 1]?.balance ?? 0);
            });
            for (const { came, went, now: left, lines: shown } of pages) {
              expect([came - went, left]).toEqual([now, now]);
              expect(shown.length).toBeLessThanOrEqual(LINES_PER_PAGE);
            }
            expect(lines.flatMap(wordless)).toEqual([]);
            for (const { event } of lines) told.add(event.name);
            const flow = bench.game.explanations
              .summary(bench.world.reader, holder)
              .find((each) => each.asset === asset);
            const { came, went } = pages[0] ?? {};
            expect(flow).toEqual({ asset, came, went, now });
          }
          bench.world.close();
        },
      ),
      {
        numRuns: 6,
        interruptAfterTimeLimit: 60_000,
        examples: [[EVENTFUL.wealths, [[EVENTFUL.history, GRANT]]]],
      },
    );
    expect([...told]).toEqual(expect.arrayContaining(CHANGES_THE_LEDGER));
  });
});

describe('a story', () => {
  test('says what became of a craft for which something was taken', async () => {
    const bench = await createPieceBench();
    const { game, act, world, clock } = bench;
    const order = { ...MIRA, channelId: WORKSHOP, recipeId: 'oak_plank', quantity: 1 };
    const [first, second] = [1, 2].map(() => act((tx) => game.crafting.startCraft(tx, order)));
    if (!first || !second) throw new Error('There are two.');
    const t = translator('en-US');
    const why = () =>
      game.explanations.story(world.reader, MIRA, 'item:oak_log', 0).lines.map((line) => whyText(t, line));
    const ready = Math.ceil((first.completesAt ?? 0) / 1_000);
    expect(why()).toEqual([
      'set aside for 1 × Oak Plank, which waits for its turn',
      `put into 1 × Oak Plank, ready <t:${ready}:R>`,
      'to start with',
    ]);
    act((tx) => game.crafting.cancelCraft(tx, MIRA, second.id, 0));
    const gaveUp = Math.ceil(clock.now() / 1_000);
    clock.advance(HOUR);
    game.dueWork.settle(world, MIRA);
    expect(why()).toEqual([
      'back from 1 × Oak Plank, which was given up',
      `set aside for 1 × Oak Plank, which was given up <t:${gaveUp}:R>`,
      'put into 1 × Oak Plank',
      'to start with',
    ]);
  });

  test('tells nothing of what happened in another server, though an imported event names it as its cause or its craft', async () => {
    const bench = await createPieceBench();
    const { game, act, world } = bench;
    const craftIn = (guildId: string) => {
      const order = { ...MIRA, guildId, channelId: WORKSHOP, recipeId: 'oak_plank', quantity: 1 };
      const { id: craftId } = act((tx) => game.crafting.startCraft(tx, order));
      const { id: eventId } = only(
        bench
          .published('craftStarted')
          .filter(({ data }) => (data as { craftId: string }).craftId === craftId),
      );
      return { craftId, eventId };
    };
    const line = () => game.explanations.story(world.reader, MIRA, 'item:oak_log', 0).lines[0];
    const own = craftIn(MIRA.guildId);
    const theirs = craftIn(OTHER_GUILD);
    const name = (causeId: string, craftId: string) =>
      act((tx) =>
        tx.db
          .update(events)
          .set({ causeId, data: sql`json_set(${events.data}, '$.craftId', ${craftId})` })
          .where(eq(events.id, own.eventId))
          .run(),
      );
    const joined = only(bench.published('playerJoined').filter(({ guildId }) => guildId === MIRA.guildId));
    name(joined.id, own.craftId);
    expect(line()).toMatchObject({ cause: { id: joined.id }, craft: { state: 'active' } });
    name(theirs.eventId, theirs.craftId);
    expect(line()).toMatchObject({ event: { id: own.eventId }, cause: undefined, craft: undefined });
  });

  test('tells of something that no code knows any more by its name', async () => {
    const bench = await createPieceBench();
    const { game, act, world } = bench;
    act((tx) => game.players.ensure(tx, MIRA));
    act((tx) => tx.db.update(events).set({ name: 'raffleWon' }).where(eq(events.name, 'playerJoined')).run());
    const [line] = game.explanations.story(world.reader, MIRA, 'item:oak_log', 0).lines;
    expect(line && whyText(translator('en-US'), line)).toBe('by raffleWon, for which I have no words');
  });

  test('is found by an index, whatever else is in the ledger', () => {
    const { world } = createGameBench();
    const plan = world.reader.all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${storyQuery(MIRA, 'xp', 3)}`);
    const steps = plan.map(({ detail }) => detail);
    expect(steps.filter((step) => step.includes('ledger'))).toHaveLength(3);
    expect(steps.filter((step) => /SCAN (ledger|event|cause|crafts)/.test(step))).toEqual([]);
  });

  test('of what somebody never had is empty, and a page that is too far is the last one', async () => {
    const bench = await createPieceBench();
    const { game, world, act } = bench;
    const { explanations } = game;
    const nothing = { came: 0, went: 0, now: 0, lines: [], number: 0, count: 1 };
    expect(explanations.story(world.reader, TOBIN, 'xp', 3)).toEqual({ asset: 'xp', ...nothing });
    expect(explanations.summary(world.reader, TOBIN)).toEqual([]);
    for (let more = 0; more < LINES_PER_PAGE + 1; more++) {
      act((tx) => game.progression.grantXp(tx, TOBIN, 1, 'daily'));
    }
    const last = explanations.story(world.reader, TOBIN, 'xp', 99);
    expect([last.number, last.count, last.lines.map(({ balance }) => balance)]).toEqual([1, 2, [1]]);
  });
});
