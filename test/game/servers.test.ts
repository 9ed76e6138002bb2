import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginGame } from '../../src/game/game.ts';
import { createStandIn } from '../../src/game/privacy/stand-in.ts';
import { KEPT_FOR_RETURN } from '../../src/game/servers/servers.ts';
import { erasePerson } from '../../src/world/erasure.ts';
import { events } from '../../src/world/events.table.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import { tables } from '../../src/world/tables.ts';
import { createGameBench, type GameBench, HOUR, MIRA, SECOND, TOBIN, WORKSHOP } from '../support/game.ts';
import { SMITHY, SpokenGateway } from '../support/gateway.ts';
import { createPieceBench } from '../support/pieces.ts';
import { deeds, OTHER_GUILD, Town, wealth } from '../support/town.ts';
import { dump, tracesOf } from '../support/traces.ts';

const ACTOR = { ...MIRA, channelId: WORKSHOP, locale: 'de' };

/** Two servers in which somebody has begun something. */
function createServers(): GameBench {
  const bench = createGameBench();
  for (const guildId of [MIRA.guildId, OTHER_GUILD])
    bench.act((tx) =>
      bench.game.crafting.startCraft(tx, { ...ACTOR, guildId, recipeId: 'campfire', quantity: 1 }),
    );
  bench.act((tx) =>
    bench.game.announcements.tell(tx, TOBIN, WORKSHOP, {
      kind: 'gift',
      from: MIRA.userId,
      itemId: 'coal',
      quantity: 1,
    }),
  );
  return bench;
}

const leave = ({ act, game }: GameBench) => act((tx) => game.servers.leave(tx, MIRA.guildId));
const forget = ({ act, game }: GameBench) => act((tx) => game.servers.forget(tx, MIRA.guildId));
const forgettingAt = ({ world }: GameBench) => world.outbox.find(`forgetServer:${MIRA.guildId}`)?.runAt;

describe('a server that removed the bot', () => {
  test('is forgotten after thirty days, in every table; another one stays as it was', () => {
    const bench = createServers();
    const before = dump(bench.world.reader, ['outbox', 'sqlite_sequence']);
    const leftAt = bench.clock.now();
    leave(bench);
    expect(forgettingAt(bench)).toBe(leftAt + 30 * 24 * HOUR);
    bench.clock.advance(KEPT_FOR_RETURN);
    expect(tracesOf(bench.world.reader, MIRA.guildId)).toContain('ledger');
    forget(bench);
    expect(tracesOf(bench.world.reader, MIRA.guildId)).toEqual([]);
    const ofOther = (rows: readonly unknown[]) =>
      rows.filter((row) => JSON.stringify(row).includes(OTHER_GUILD));
    const after = dump(bench.world.reader);
    for (const [table, rows] of Object.entries(before))
      expect({ table, rows: ofOther(after[table] ?? []) }).toEqual({ table, rows: ofOther(rows) });
    expect(bench.world.outbox.find('scrubWorld:world')).toBeDefined();
  });

  test('takes those along who are nowhere else; who is in another server too can still be told directly', () => {
    const bench = createServers();
    const { act, game, world } = bench;
    for (const { userId } of [MIRA, TOBIN]) act((tx) => game.outlets.direct(tx, userId));
    leave(bench);
    bench.clock.advance(KEPT_FOR_RETURN);
    forget(bench);
    expect(tracesOf(world.reader, TOBIN.userId)).toEqual([]);
    expect(tracesOf(world.reader, MIRA.userId)).toContain('outlets');
  });

  test('is kept while there is time left, whenever the job comes', () => {
    const bench = createServers();
    leave(bench);
    const dueAt = forgettingAt(bench);
    bench.clock.advance(KEPT_FOR_RETURN - SECOND);
    bench.world.outbox.settle(bench.world.outbox.find(`forgetServer:${MIRA.guildId}`)?.revision ?? 0);
    forget(bench);
    expect(tracesOf(bench.world.reader, MIRA.guildId)).toContain('ledger');
    expect(forgettingAt(bench)).toBe(dueAt);
  });

  test('finds everything as it was when it comes back in time, and has its thirty days anew when it leaves again', () => {
    const bench = createServers();
    const without = ['outbox', 'events', 'announcements', 'left_servers'];
    const before = dump(bench.world.reader, without);
    leave(bench);
    bench.clock.advance(KEPT_FOR_RETURN - HOUR);
    bench.act((tx) => bench.game.servers.join(tx, MIRA.guildId));
    bench.clock.advance(HOUR);
    forget(bench);
    expect(dump(bench.world.reader, without)).toEqual(before);
    leave(bench);
    bench.clock.advance(KEPT_FOR_RETURN - SECOND);
    forget(bench);
    expect(dump(bench.world.reader, without)).toEqual(before);
    bench.clock.advance(SECOND);
    forget(bench);
    expect(tracesOf(bench.world.reader, MIRA.guildId)).toEqual([]);
  });

  test('that was left before anybody asked for it is forgotten in time too', () => {
    const bench = createServers();
    leave(bench);
    bench.act((tx) => tx.db.run(sql`DELETE FROM outbox`));
    const leftAt = bench.clock.now();
    bench.clock.advance(HOUR);
    bench.act((tx) => beginGame(tx, bench.game));
    expect(forgettingAt(bench)).toBe(leftAt + KEPT_FOR_RETURN);
  });
});

describe('a server of which there is nothing else', () => {
  const lookedAt = tables.filter(
    ({ name, notes, columns }) =>
      notes.isNeverAlone !== true &&
      name !== 'left_servers' &&
      columns.some((each) => each.name === 'guild_id'),
  );

  test.each(lookedAt.map((stored) => [stored.name, stored] as const))(
    'is known by a row of %s',
    (_, stored) => {
      const bench = createGameBench();
      const values = stored.columns
        .filter((column) => column.notNull || column.name === 'guild_id')
        .map((column) => [column.name, column.getSQLType() === 'text' ? MIRA.guildId : 1] as const);
      const names = sql.join(
        values.map(([name]) => sql.identifier(name)),
        sql`, `,
      );
      // What else there would have to be is left out: nothing of this stays.
      const known = bench.act((tx) => {
        tx.db.run(sql`PRAGMA defer_foreign_keys = ON`);
        tx.db.run(sql`PRAGMA ignore_check_constraints = ON`);
        const row = sql.join(
          values.map(([, value]) => sql`${value}`),
          sql`, `,
        );
        tx.db.run(sql`INSERT INTO ${stored.table} (${names}) VALUES (${row})`);
        const found = bench.game.servers.known(tx.db);
        tx.db.run(sql`DELETE FROM ${stored.table}`);
        return found;
      });
      const isLookedAt = stored.notes.isNeverAlone !== true && stored.name !== 'left_servers';
      expect(known).toEqual(isLookedAt ? [MIRA.guildId] : []);
    },
  );

  test('but events is none in which anybody has ever played, forgotten or not', () => {
    const bench = createServers();
    bench.act((tx) => erasePerson(tx, OTHER_GUILD, MIRA.userId, createStandIn(tx.random)));
    const withEvents = bench.world.reader.selectDistinct({ guildId: events.guildId }).from(events).all();
    expect(withEvents.map(({ guildId }) => guildId).sort()).toEqual([MIRA.guildId, OTHER_GUILD]);
    expect(bench.game.servers.known(bench.world.reader).sort()).toEqual([MIRA.guildId, OTHER_GUILD]);
  });
});

test('the job forgets it, and the next one removes it from the file', async () => {
  const bench = await createPieceBench();
  bench.act((tx) => bench.game.players.ensure(tx, ACTOR));
  leave(bench);
  bench.clock.advance(KEPT_FOR_RETURN);
  new SpokenGateway();
  expect(await bench.runDueJobs('forgetServer')).toBe(1);
  expect(tracesOf(bench.world.reader, MIRA.guildId)).toEqual([]);
  expect(await bench.runDueJobs('scrubWorld')).toBe(1);
  expect(await bench.runDueJobs('scrubWorld')).toBe(0);
});

test('a server that came back while the bot was down is kept, though its time is over before Discord says so', async () => {
  const bench = await createPieceBench();
  bench.act((tx) => bench.game.players.ensure(tx, { ...ACTOR, guildId: SMITHY }));
  bench.act((tx) => bench.game.servers.leave(tx, SMITHY));
  bench.clock.advance(KEPT_FOR_RETURN);
  expect(await bench.runDueJobs('forgetServer')).toBe(1);
  expect(tracesOf(bench.world.reader, SMITHY)).toContain('players');
  const gateway = new SpokenGateway();
  gateway.greet(SMITHY);
  gateway.describe({});
  // It may even be that its coming back was noted by nobody.
  bench.act((tx) => bench.game.servers.leave(tx, SMITHY));
  bench.clock.advance(KEPT_FOR_RETURN);
  expect(await bench.runDueJobs('forgetServer')).toBe(1);
  expect(tracesOf(bench.world.reader, SMITHY)).toContain('players');
  expect(bench.game.servers.hasLeft(bench.world.reader, SMITHY)).toBe(false);
});

test('whatever has happened in a server, nothing of it remains when it is forgotten, and the others add up', async () => {
  await fc.assert(
    fc.asyncProperty(wealth, deeds({ minLength: 40, maxLength: 120 }), async (wealths, history) => {
      const town = await Town.found(wealths, { isClumsy: true });
      for (const deed of history) await town.do(deed);
      const { bench } = town;
      leave(bench);
      bench.clock.advance(KEPT_FOR_RETURN);
      forget(bench);
      expect(tracesOf(bench.world.reader, MIRA.guildId)).toEqual([]);
      expect(tracesOf(bench.world.reader, OTHER_GUILD)).toContain('players');
      expect(verifyLedger(bench.world.reader)).toEqual([]);
      await town.settle();
      expect(tracesOf(bench.world.reader, MIRA.guildId)).toEqual([]);
      bench.world.close();
    }),
    { numRuns: 4, interruptAfterTimeLimit: 60_000 },
  );
});
