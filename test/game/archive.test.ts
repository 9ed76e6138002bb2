import { gzipSync } from 'node:zlib';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { engagementObserved } from '../../src/events/engagementObserved.ts';
import { loadEvents } from '../../src/events/load-events.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { outlets } from '../../src/game/announcements/outlets.table.ts';
import { logChannel } from '../../src/game/announcements/settings.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import { ImportRefused } from '../../src/game/archive/refused.ts';
import { crafts } from '../../src/game/crafting/crafts.table.ts';
import { beginGame } from '../../src/game/game.ts';
import { trips } from '../../src/game/gathering/trips.table.ts';
import { BOARD_NAMES } from '../../src/game/leaderboards/boards.ts';
import { DomainListener } from '../../src/pieces/domain-listener.ts';
import { events } from '../../src/world/events.table.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import { exported, forged, imported, linesOf, packed } from '../support/archives.ts';
import { createGameBench, type GameBench, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { deeds, OTHER_GUILD, Town, wealth } from '../support/town.ts';
import { dump } from '../support/traces.ts';

/** A listener that never manages. */
class FailsAlways extends DomainListener<typeof engagementObserved> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, engagementObserved);
  }

  override handle(): void {
    throw new Error('Not today.');
  }
}

const ACTOR = { ...MIRA, channelId: WORKSHOP, locale: 'de' };

beforeAll(loadEvents);

/** A server with something of everything that goes with it. */
function createServer(): GameBench {
  const bench = createGameBench();
  const { act, game } = bench;
  for (const quantity of [1, 2])
    act((tx) => game.crafting.startCraft(tx, { ...ACTOR, recipeId: 'oak_plank', quantity }));
  act((tx) => game.gathering.setOut(tx, ACTOR, { placeId: 'whispering_woods', supplies: false }));
  act((tx) => game.daily.claim(tx, ACTOR));
  act((tx) =>
    game.announcements.tell(tx, TOBIN, WORKSHOP, {
      kind: 'gift',
      from: MIRA.userId,
      itemId: 'coal',
      quantity: 1,
    }),
  );
  act((tx) => game.preferences.set(tx, MIRA, { name: 'x', schema: anything, default: 1 }, 2));
  act((tx) =>
    game.crafting.startCraft(tx, { ...ACTOR, guildId: OTHER_GUILD, recipeId: 'campfire', quantity: 1 }),
  );
  return bench;
}

const anything = {
  parse: (value: unknown) => value,
  safeParse: (data: unknown) => ({ success: true, data }),
} as never;

/** All that counts of a world: not what only says how far the file has grown. */
const everything = ({ world }: GameBench) => dump(world.reader, ['sqlite_sequence']);

async function refusalOf(bench: GameBench, file: Buffer, options = {}): Promise<string> {
  const before = JSON.stringify(dump(bench.world.reader));
  const error: unknown = await imported(bench, file, options).catch((reason: unknown) => reason);
  expect(JSON.stringify(dump(bench.world.reader))).toBe(before);
  if (!(error instanceof ImportRefused)) throw error;
  return error.message;
}

describe('a server that moves to another world', () => {
  test('is the same there, and so is what is exported of it', async () => {
    const here = createServer();
    const file = await exported(here, MIRA.guildId);
    const there = createGameBench();
    const { guildId, rows } = await imported(there, file);
    expect({ guildId, crafts: rows['crafts'] }).toEqual({ guildId: MIRA.guildId, crafts: 2 });
    expect(linesOf(await exported(there, MIRA.guildId))).toEqual(linesOf(file));
    expect(verifyLedger(there.world.reader)).toEqual([]);
  });

  test('leaves the seeds behind, and the secret of the world', async () => {
    const here = createServer();
    const seeds = [crafts, trips].flatMap((table) =>
      here.world.reader.select({ seed: table.seed }).from(table).all(),
    );
    const text = linesOf(await exported(here, MIRA.guildId)).join('\n');
    expect(seeds).toHaveLength(4);
    for (const secret of [...seeds.map(({ seed }) => seed), here.world.secret, here.world.id, OTHER_GUILD])
      expect(text).not.toContain(secret);
    const there = createGameBench();
    await imported(there, await exported(here, MIRA.guildId));
    const anew = there.world.reader.select().from(crafts).all();
    expect(anew.map(({ seed }) => seed)).not.toEqual(expect.arrayContaining([seeds[0]?.seed]));
    expect(new Set(anew.map(({ seed }) => seed)).size).toBe(2);
  });

  test('goes on: what is at work ends, what waits is told', async () => {
    const here = createServer();
    const there = createGameBench();
    await imported(there, await exported(here, MIRA.guildId));
    const { reader, outbox } = there.world;
    const craft = reader.select().from(crafts).where(eq(crafts.state, 'active')).get();
    const trip = reader.select().from(trips).get();
    expect(outbox.find(`completeCrafting:${craft?.id}`)?.runAt).toBe(craft?.completesAt);
    expect(outbox.find(`finishGathering:${trip?.id}`)?.runAt).toBe(trip?.returnsAt);
    expect(outbox.find('refreshLeaderboards:world')).toBeDefined();
    const waiting = reader.select().from(announcements).get();
    expect(waiting).toMatchObject({ state: 'pending', outletId: WORKSHOP, rung: 0 });
    expect(outbox.find(`discordNotify:${WORKSHOP}`)).toBeDefined();
    there.clock.advance(24 * 3_600_000);
    there.game.dueWork.settle(there.world, MIRA);
    expect(reader.select().from(crafts).where(eq(crafts.state, 'completed')).all()).toHaveLength(2);
    expect(verifyLedger(reader)).toEqual([]);
  });

  test('goes on with what was tallied, what is to be told of it, and what a listener still owes', async () => {
    const here = await createPieceBench();
    const { act, game, clock } = here;
    act((tx) => game.players.ensure(tx, ACTOR));
    act((tx) => game.preferences.set(tx, MIRA, notificationWay('engagement'), 'quiet'));
    act((tx) => game.engagementNews.collect(tx, MIRA, 3, []));
    await here.addListener('failsAlways', FailsAlways);
    const seen = { kind: 'message', channelId: WORKSHOP, parentId: null } as const;
    act((tx) => tx.publish(engagementObserved, { ...MIRA, data: seen }));
    const due = (bench: GameBench) =>
      bench.world.outbox
        .page(0, 100)
        .filter(({ task }) => ['tellEngagement', 'processEngagement', 'retryDelivery'].includes(task))
        .map(({ key, payload, runAt }) => ({ key, payload, runAt }));
    expect(due(here)).toHaveLength(3);
    const there = createGameBench();
    there.clock.advance(clock.now() - there.clock.now());
    await imported(there, await exported(here, MIRA.guildId));
    expect(due(there)).toEqual(expect.arrayContaining(due(here)));
  });

  describe('what waits for those who run it', () => {
    const LOG = '800000000000000011';
    const PAUSED = '800000000000000012';

    /** What is told in the log channel, hellos and tests wait, and two channels were found paused. */
    function createTelling(): GameBench {
      const here = createGameBench();
      const { act, game } = here;
      const { announcements: telling } = game;
      const owner = { guildId: MIRA.guildId, ownerId: TOBIN.userId };
      act((tx) =>
        telling.tellAdmins(tx, owner, PAUSED, {
          kind: 'channelPaused',
          channelId: PAUSED,
          problem: 'missingAccess',
        }),
      );
      act((tx) => game.settings.set(tx, MIRA.guildId, MIRA.userId, logChannel, LOG));
      act((tx) => telling.tellLog(tx, MIRA, { kind: 'adminAction', eventId: 'x' }));
      act((tx) => telling.tellHere(tx, MIRA, LOG, { kind: 'greeting' }));
      act((tx) => telling.tellHere(tx, MIRA, LOG, { kind: 'testMessage', channelId: LOG }));
      act((tx) =>
        telling.tellAdmins(tx, owner, WORKSHOP, {
          kind: 'channelPaused',
          channelId: WORKSHOP,
          problem: 'missingAccess',
        }),
      );
      return here;
    }

    const fates = ({ world }: GameBench) =>
      world.reader
        .select()
        .from(announcements)
        .all()
        .map(({ subject, state, outletId }) => [subject.kind, state === 'pending' ? outletId : state]);

    test('is told in its channel, and what is about a channel that was closed here not into that one', async () => {
      const there = createGameBench();
      await imported(there, await exported(createTelling(), MIRA.guildId));
      expect(fates(there)).toEqual([
        ['channelPaused', 'undeliverable'],
        ['adminAction', LOG],
        ['greeting', LOG],
        ['testMessage', LOG],
        ['channelPaused', LOG],
      ]);
    });

    test.each(['is closed there', 'turns out to be closed there'])(
      'goes into nobody’s direct messages when that channel %s',
      async (how) => {
        const there = createGameBench();
        const { act, game, world } = there;
        const file = await exported(createTelling(), MIRA.guildId);
        const problem = { problem: 'missingAccess', detail: null, isOfConcern: false } as const;
        const isKnown = how === 'is closed there';
        if (isKnown) act((tx) => game.outlets.pause(tx, LOG, MIRA.guildId, problem));
        await imported(there, file);
        if (!isKnown) act((tx) => game.announcements.reroute(tx, LOG));
        expect(fates(there).map(([, where]) => where)).toEqual(Array(5).fill('undeliverable'));
        expect(
          world.reader
            .select()
            .from(outlets)
            .all()
            .filter(({ userId }) => userId !== null),
        ).toEqual([]);
      },
    );
  });

  test('is refused where it is already, unless it is to be replaced: then it is as in the file, and no other is touched', async () => {
    const bench = createServer();
    const file = await exported(bench, MIRA.guildId);
    const other = await exported(bench, OTHER_GUILD);
    bench.act((tx) => bench.game.crafting.cancelAll(tx, MIRA));
    expect(linesOf(await exported(bench, MIRA.guildId))).not.toEqual(linesOf(file));
    expect(await refusalOf(bench, file)).toMatch(/is in this world already: --replace/);
    await imported(bench, file, { replace: true });
    expect(linesOf(await exported(bench, MIRA.guildId))).toEqual(linesOf(file));
    expect(linesOf(await exported(bench, OTHER_GUILD))).toEqual(linesOf(other));
  });
});

describe('a file that is not what it should be is refused with the reason, and nothing changes', () => {
  let good: string[];
  let bench: GameBench;

  beforeAll(async () => {
    const here = createServer();
    good = linesOf(await exported(here, MIRA.guildId));
    bench = createGameBench();
    bench.act((tx) =>
      bench.game.crafting.startCraft(tx, {
        ...ACTOR,
        guildId: OTHER_GUILD,
        recipeId: 'campfire',
        quantity: 1,
      }),
    );
  });

  const rows = () => good.slice(0, -1);

  /** The file with rows of one table changed, and everything else right. */
  function changed(table: string, change: (row: Record<string, unknown>) => unknown): Buffer {
    const lines = rows().map((line, index) => {
      const [name, row] = index === 0 ? ['', {}] : (JSON.parse(line) as [string, Record<string, unknown>]);
      return name === table ? JSON.stringify([name, change(row)]) : line;
    });
    return forged(lines);
  }

  test('it is accepted as it was', async () => {
    await imported(createGameBench(), forged(rows()));
  });

  const ENDLESS_TRIP = {
    id: 'x',
    userId: MIRA.userId,
    channelId: WORKSHOP,
    placeId: 'whispering_woods',
    state: 'active',
    startedAt: 1,
    returnsAt: 2,
    endedAt: null,
    promise: { finds: [], bonus: -3, supplies: [], xp: 0 },
    found: null,
    repeatedBy: null,
  };

  const HOSTILE: readonly [string, () => Buffer, RegExp][] = [
    [
      'not packed',
      () => Buffer.from(good.join('\n')),
      /^The file is not packed by gzip, or it is damaged\.$/,
    ],
    ['empty', () => gzipSync(''), /^The file is empty\.$/],
    ['no export', () => packed(['{"format":"tar"}']), /^Line 1: This is no export of a server\.$/],
    [
      'another version',
      () => forged([good[0]?.replace('"version":1', '"version":2') ?? '', ...rows().slice(1)]),
      /^Line 1: It is of version 2, and this program reads 1\.$/,
    ],
    [
      'no server',
      () => forged([good[0]?.replace(MIRA.guildId, 'x') ?? '', ...rows().slice(1)]),
      /^Line 1: It does not say which server/,
    ],
    ['cut off while packed', () => packed(good).subarray(0, -40), /^The file is cut off\.$/],
    ['without its end', () => packed(rows()), /^The file is cut off: its last line is missing\.$/],
    [
      'cut off in a line',
      () => gzipSync(good.join('\n').slice(0, -30)),
      /The file is cut off in the middle of this line\.$/,
    ],
    [
      'changed by one letter',
      () => packed(good.map((line) => line.replace('oak_plank', 'elm_plank'))),
      /The checksum is another one/,
    ],
    [
      'with fewer rows than it says',
      () => packed([...rows(), (good.at(-1) ?? '').replace(/"crafts":2/, '"crafts":3')]),
      /There are not as many rows as it says/,
    ],
    [
      'with something after the end',
      () => packed([...good, '["players",{}]']),
      /There is more after the end/,
    ],
    [
      'with rows that say whose they are',
      () => changed('players', (row) => ({ ...row, guildId: OTHER_GUILD })),
      /players: .*[Uu]nrecognized key.*guildId/,
    ],
    [
      'with a column of which nobody knows',
      () => changed('crafts', (row) => ({ ...row, seed: '1' })),
      /crafts: .*seed/,
    ],
    [
      'with a table of which nobody knows',
      () => forged([...rows(), '["sqlite_schema",{}]']),
      /There is no table "sqlite_schema" that could be imported/,
    ],
    [
      'with a table that stays where it is',
      () => forged([...rows(), '["world_facts",{"name":"secret","value":"x"}]']),
      /There is no table "world_facts"/,
    ],
    [
      'with a wrong type',
      () => changed('balances', (row) => ({ ...row, quantity: '5' })),
      /balances: quantity: /,
    ],
    [
      'with half an item',
      () => changed('balances', (row) => ({ ...row, quantity: 0.5 })),
      /balances: quantity: /,
    ],
    [
      'with a column missing',
      () => changed('players', ({ joinedAt: _, ...row }) => row),
      /players: joinedAt: /,
    ],
    [
      'with a state that there is not',
      () => changed('crafts', (row) => ({ ...row, state: 'exploded' })),
      /crafts: state: /,
    ],
    [
      'with somebody who is no one',
      () => changed('players', (row) => ({ ...row, userId: '<@everyone>' })),
      /players: userId: is no id/,
    ],
    [
      'with a time beyond all time',
      () => changed('events', (row) => ({ ...row, occurredAt: 8_640_000_000_000_001 })),
      /events: occurredAt: is no moment/,
    ],
    [
      'with a time before all time',
      () => changed('crafts', (row) => ({ ...row, completesAt: -8_640_000_000_000_000 })),
      /crafts: completesAt: is no moment/,
    ],
    [
      'with more of something than there is',
      () => changed('ledger', (row) => ({ ...row, change: 1_000_000_000_001 })),
      /ledger: change is beyond all measure/,
    ],
    [
      'with a craft of too many pieces',
      () => changed('crafts', (row) => ({ ...row, quantity: 20_000_000 })),
      /crafts: quantity: /,
    ],
    [
      'with a place that is no channel',
      () => changed('crafts', (row) => ({ ...row, channelId: '@x' })),
      /crafts: channelId: /,
    ],
    [
      'with a trip that could not end',
      () => forged([...rows(), JSON.stringify(['trips', ENDLESS_TRIP])]),
      /trips: promise\.bonus: /,
    ],
    [
      'with taking part that is worth less than nothing',
      () =>
        forged([
          ...rows(),
          JSON.stringify(['engagement_tallies', { userId: MIRA.userId, minute: 0, points: -5 }]),
        ]),
      /engagement_tallies: points: /,
    ],
    [
      'with sums that do not match',
      () => changed('balances', (row) => ({ ...row, quantity: Number(row['quantity']) + 1 })),
      /The sums do not match: of item:\S+ user \d+ has \d+, and the ledger says \d+ \(and \d+ more\)/,
    ],
    [
      'with less than nothing',
      () => changed('balances', (row) => ({ ...row, quantity: -1 })),
      /balances: it breaks a rule of the table .*balances_not_negative/,
    ],
    [
      'with changes by nothing that happened',
      () => changed('ledger', (row) => ({ ...row, eventId: 'nothing' })),
      /ledger: it refers to something that is not in the file/,
    ],
    [
      'with the same twice',
      () => forged([...rows(), ...rows().filter((line) => line.startsWith('["players"'))]),
      /players: it is there twice/,
    ],
    [
      'with an event that this version does not know',
      () => changed('events', (row) => ({ ...row, name: 'sunExploded' })),
      /The event sunExploded is not known to this version/,
    ],
    [
      'with an event of the future',
      () => changed('events', (row) => ({ ...row, version: 99 })),
      /cannot be read in version 99/,
    ],
    [
      'with data that are not of their event',
      () => changed('events', (row) => ({ ...row, data: {} })),
      /The data of \w+ are not such an event’s/,
    ],
    [
      'with a promise that promises nothing',
      () => changed('crafts', (row) => ({ ...row, promise: {} })),
      /crafts: promise\.inputs: /,
    ],
    [
      'with a setting that is no JSON',
      () => forged([...rows(), '["guild_settings",{"name":"x","value":"{","changedAt":1}]']),
      /guild_settings: value: is no JSON/,
    ],
    ['with a line that is no JSON', () => packed([...rows(), '["players",{']), /This is no JSON/],
    [
      'with a line that is no row',
      () => packed([...rows(), '["players"]']),
      /A table and a row were expected/,
    ],
    [
      'with a line that is not text',
      () => gzipSync(Buffer.concat([Buffer.from(`${good[0]}\n`), Buffer.from([0xff, 0xfe, 0x0a])])),
      /This is no JSON/,
    ],
    [
      'with a JSON bomb',
      () => packed([...rows(), `["events",{"data":${'['.repeat(60_000)}${']'.repeat(60_000)}}]`]),
      /It is nested more than 16 deep/,
    ],
    [
      'with what reaches behind an object',
      () => packed([...rows(), '["players",{"__proto__":{"isAdmin":true}}]']),
      /Nothing may be called "__proto__"/,
    ],
    [
      'with what reaches there hidden',
      () => packed([...rows(), '["events",{"data":{"\\u005f_proto__":1}}]']),
      /Nothing may be called "__proto__"/,
    ],
    [
      'with a line of a hundred megabytes',
      () =>
        gzipSync(
          Buffer.concat([
            Buffer.from(`${good[0]}\n["players",{"name":"`),
            Buffer.alloc(100 * 1024 * 1024, 'x'),
          ]),
        ),
      /It is longer than 262144 bytes/,
    ],
  ];

  test.each(HOSTILE)('%s', async (_what, make, reason) => {
    expect(await refusalOf(bench, make())).toMatch(reason);
    expect(Object.prototype).not.toHaveProperty('isAdmin');
  });

  test('that unpacks to far more than it may', async () => {
    const file = gzipSync(`${good[0]}\n${`${rows()[1]}\n`.repeat(300_000)}`);
    expect(file.length).toBeLessThan(1_000_000);
    expect(await refusalOf(bench, file, { mostUnpacked: 1_000 })).toBe('It unpacks to more than 1000 bytes.');
  });

  test('with events of another server of this world', async () => {
    const other = createServer();
    const of = ['events', 'players', 'balances', 'ledger'];
    const [header = '', ...file] = linesOf(await exported(other, MIRA.guildId)).slice(0, -1);
    const chosen = file.filter((line) => of.some((table) => line.startsWith(`["${table}"`)));
    const renamed = forged([header.replace(MIRA.guildId, '900000000000000077'), ...chosen]);
    expect(await refusalOf(other, renamed)).toBe(
      'events: another server of this world has a row with the same id.',
    );
  });
});

/** A row without what it need not say. */
function withoutDefaults(line: string): string {
  return line.replaceAll(/,"\w+":(null|false)/g, '');
}

test('however a file is changed, it is refused without a trace, or accepted whole with a ledger that proves itself', async () => {
  const good = linesOf(await exported(createServer(), MIRA.guildId)).slice(0, -1);
  const values = fc.oneof(
    fc.constantFrom(null, -1, 0, 1, 2 ** 53, 1.5, '', 'x', '__proto__', true, [], {}),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const change = fc.record({
    line: fc.nat(good.length - 2),
    how: fc.constantFrom('set', 'remove', 'drop', 'repeat', 'swap'),
    column: fc.nat(20),
    value: values,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      let lines = [...good];
      for (const { line, how, column, value } of changes) {
        const at = 1 + (line % (lines.length - 1));
        const [name, row] = JSON.parse(lines[at] ?? '[]') as [string, Record<string, unknown>];
        const key = Object.keys(row)[column % Object.keys(row).length] ?? '';
        const { [key]: _, ...without } = row;
        if (how === 'set') lines[at] = JSON.stringify([name, { ...row, [key]: value }]);
        if (how === 'remove') lines[at] = JSON.stringify([name, without]);
        if (how === 'drop') lines = lines.toSpliced(at, 1);
        if (how === 'repeat') lines.push(lines[at] ?? '');
        if (how === 'swap') [lines[1], lines[at]] = [lines[at] ?? '', lines[1] ?? ''];
      }
      const bench = createGameBench();
      const before = JSON.stringify(everything(bench));
      const outcome = await imported(bench, forged(lines)).catch((error: unknown) => error);
      if (outcome instanceof ImportRefused) {
        expect(JSON.stringify(everything(bench))).toBe(before);
      } else if (outcome instanceof Error) throw outcome;
      else {
        expect(verifyLedger(bench.world.reader)).toEqual([]);
        // The same rows, each where its table has them.
        const there = linesOf(await exported(bench, MIRA.guildId)).slice(0, -1);
        expect(there.map(withoutDefaults).toSorted()).toEqual(lines.map(withoutDefaults).toSorted());
      }
      bench.world.close();
    }),
    { numRuns: 150, interruptAfterTimeLimit: 60_000 },
  );
});

test('whatever happened in a server, it is the same in another world, boards and achievements included, and goes on there', async () => {
  await fc.assert(
    fc.asyncProperty(wealth, deeds({ minLength: 40, maxLength: 120 }), async (wealths, history) => {
      const town = await Town.found(wealths, { isClumsy: false });
      for (const deed of history) await town.do(deed);
      const { bench } = town;
      const file = await exported(bench, MIRA.guildId);
      const sight = (of: GameBench) => ({
        boards: BOARD_NAMES.map((board) =>
          of.game.leaderboards.page(
            of.world.reader,
            { guildId: MIRA.guildId, board, period: 'all' },
            0,
            bench.clock.now(),
          ),
        ),
        people: bench.world.reader
          .selectDistinct({ userId: events.userId })
          .from(events)
          .where(eq(events.guildId, MIRA.guildId))
          .all()
          .map(({ userId }) => {
            const holder = { guildId: MIRA.guildId, userId: userId ?? '' };
            return [
              of.game.achievements.progress(of.world.reader, holder),
              of.game.measures.figures(of.world.reader, holder),
            ];
          }),
      });
      const there = await createPieceBench();
      there.clock.advance(bench.clock.now() - there.clock.now());
      await imported(there, file);
      expect(linesOf(await exported(there, MIRA.guildId))).toEqual(linesOf(file));
      for (const each of [bench, there])
        while (each.game.leaderboards.isBehind(each.world.reader))
          each.act((tx) => each.game.leaderboards.refresh(tx));
      expect(sight(there)).toEqual(sight(bench));
      there.act((tx) => beginGame(tx, there.game));
      expect(verifyLedger(there.world.reader)).toEqual([]);
      expect(there.world.reader.all(sql`PRAGMA foreign_key_check`)).toEqual([]);
      bench.world.close();
      there.world.close();
    }),
    { numRuns: 4, interruptAfterTimeLimit: 90_000 },
  );
});
