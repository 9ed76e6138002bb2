import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { composeMessage } from '../../src/discord/views/announcements.ts';
import { balanceAdjusted } from '../../src/events/balanceAdjusted.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { channelMessages } from '../../src/game/announcements/channel-messages.table.ts';
import { logChannel } from '../../src/game/announcements/settings.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import { crafts } from '../../src/game/crafting/crafts.table.ts';
import { BOARD_NAMES } from '../../src/game/leaderboards/boards.ts';
import { leaderboardListing } from '../../src/game/preferences/definitions.ts';
import { personalData } from '../../src/game/privacy/personal-data.ts';
import { ASKED_AGAIN_AFTER, type ForgettingQuestion } from '../../src/game/privacy/privacy.ts';
import { privacyRequests } from '../../src/game/privacy/privacy-requests.table.ts';
import { createStandIn, isStandIn } from '../../src/game/privacy/stand-in.ts';
import { events } from '../../src/world/events.table.ts';
import { ledger } from '../../src/world/ledger.table.ts';
import { verifyLedger } from '../../src/world/ledger.ts';
import { seededRandom } from '../../src/world/random.ts';
import { findTraces } from '../../src/world/traces.ts';
import {
  createGameBench,
  type GameBench,
  HOUR,
  MINUTE,
  MIRA,
  SECOND,
  TOBIN,
  temporaryFolder,
  WORKSHOP,
} from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { refusalOf } from '../support/refusal.ts';
import { MIRAS, NEWS, ELSEWHERE as OTHER_CHANNEL, OWNER, TellingBench } from '../support/telling.ts';
import { deeds, OTHER_GUILD, Town, wealth } from '../support/town.ts';
import { tracesOf } from '../support/traces.ts';

const NAME = 'Mira the Bold';
const ACTOR = {
  ...MIRA,
  channelId: WORKSHOP,
  locale: 'en-US',
  name: NAME,
  avatar: `https://x/${MIRA.userId}`,
};
const ELSEWHERE = { ...ACTOR, guildId: OTHER_GUILD };

function ask({ act, game }: GameBench): ForgettingQuestion {
  return act((tx) => game.privacy.ask(tx, MIRA));
}

/** As the button does it. */
function confirm({ act, game, world }: GameBench, proposalId = ''): { cancelled: number } {
  game.privacy.settle(world, MIRA);
  const cancelled = act((tx) => game.privacy.accept(tx, MIRA, proposalId));
  act((tx) => game.privacy.forget(tx, proposalId, markOf));
  return { cancelled };
}

/** By what a message is known again. */
const markOf = (body: object): string => `marked ${JSON.stringify(body).length}`;

const craft = ({ act, game }: GameBench, actor = ACTOR, recipeId = 'campfire') =>
  act((tx) => game.crafting.startCraft(tx, { ...actor, recipeId, quantity: 1 }));

describe('somebody who wants to be forgotten', () => {
  test('in one server is nowhere to be found there, and as before in another', async () => {
    const bench = createGameBench();
    craft(bench);
    craft(bench, ELSEWHERE);
    const before = (await personalData(bench.world.reader, MIRA.userId)).find(
      ({ guildId }) => guildId === OTHER_GUILD,
    );
    const { here, servers } = ask(bench);
    expect(servers).toBe(2);
    expect(confirm(bench, here)).toEqual({ cancelled: 1 });
    expect(await personalData(bench.world.reader, MIRA.userId)).toEqual([before]);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('everywhere leaves no trace, and a stand-in of its own in each server that nobody can tell from another', () => {
    const bench = createGameBench();
    craft(bench);
    craft(bench, ELSEWHERE);
    bench.act((tx) => bench.game.outlets.direct(tx, MIRA.userId));
    expect(confirm(bench, ask(bench).everywhere)).toEqual({ cancelled: 2 });
    expect(tracesOf(bench.world.reader, MIRA.userId)).toEqual([]);
    expect(tracesOf(bench.world.reader, NAME)).toEqual([]);
    const people = bench.world.reader.selectDistinct({ userId: ledger.userId }).from(ledger).all();
    expect(people.map(({ userId }) => isStandIn(userId))).toEqual([true, true]);
    expect(people[0]).not.toEqual(people[1]);
    expect(bench.world.reader.select().from(crafts).all()).toEqual([]);
    expect(bench.world.outbox.find('scrubWorld:world')).toBeDefined();
  });

  test('is asked first; a no, or a yes of somebody else, changes nothing, and a yes counts once', async () => {
    const bench = createGameBench();
    craft(bench);
    const { act, game } = bench;
    const { here = '', everywhere } = ask(bench);
    const data = await personalData(bench.world.reader, MIRA.userId);
    expect(() => act((tx) => game.privacy.accept(tx, TOBIN, here))).toThrow('notYourProposal');
    expect(act((tx) => game.privacy.forget(tx, here, markOf))).toBeUndefined();
    expect(await personalData(bench.world.reader, MIRA.userId)).toEqual(data);
    act((tx) => game.privacy.decline(tx, MIRA, everywhere));
    expect(() => confirm(bench, everywhere)).toThrow('proposalIsOver');
    confirm(bench, here);
    expect(() => confirm(bench, here)).toThrow('unknownProposal');
    expect(() => ask(bench)).toThrow('nothingStored');
  });

  test('gets what is due first; what waits is given up without being begun', () => {
    const bench = createGameBench();
    craft(bench);
    bench.clock.advance(HOUR);
    for (const recipe of ['oak_plank', 'oak_plank']) craft(bench, ACTOR, recipe);
    expect(confirm(bench, ask(bench).here)).toEqual({ cancelled: 2 });
    const happened = bench.published().map(({ name }) => name);
    expect(happened.filter((name) => name === 'itemCrafted')).toHaveLength(1);
    expect(happened.filter((name) => name === 'craftStarted')).toHaveLength(2);
    expect(happened.filter((name) => name === 'craftCancelled')).toHaveLength(2);
  });

  test('is forgotten by a job where the bot ended right after the yes', async () => {
    const bench = await createPieceBench();
    craft(bench);
    const { here = '' } = ask(bench);
    bench.act((tx) => bench.game.privacy.accept(tx, MIRA, here));
    expect(tracesOf(bench.world.reader, MIRA.userId)).not.toEqual([]);
    expect(await bench.runDueJobs('forgetPerson')).toBe(1);
    expect(tracesOf(bench.world.reader, MIRA.userId)).toEqual([]);
    expect(await bench.runDueJobs('forgetPerson')).toBe(0);
  });

  test('is forgotten also where the bot was away for days right after the yes', async () => {
    const bench = await createPieceBench();
    craft(bench);
    const { here = '' } = ask(bench);
    bench.act((tx) => bench.game.privacy.accept(tx, MIRA, here));
    bench.clock.advance(3 * 24 * HOUR);
    // Whoever is asked something has what is long over cleared away.
    bench.act((tx) => bench.game.proposals.make(tx, TOBIN, { name: 'another', facts: z.object({}) }, {}));
    expect(await bench.runDueJobs('forgetPerson')).toBe(1);
    expect(tracesOf(bench.world.reader, MIRA.userId)).toEqual([]);
  });

  test('is not named by the reasons that others gave either', () => {
    const bench = createGameBench();
    const { act, game } = bench;
    act((tx) => game.players.ensure(tx, ACTOR));
    for (const holder of [MIRA, TOBIN])
      act((tx) =>
        tx.publish(balanceAdjusted, {
          ...holder,
          data: {
            asset: 'xp',
            change: 1,
            before: 0,
            after: 1,
            reason: `Not as loud as ${NAME}`,
            adminId: TOBIN.userId,
            undoes: null,
          },
        }),
      );
    confirm(bench, ask(bench).here);
    const reasons = bench.published('balanceAdjusted').map(({ data }) => (data as { reason: string }).reason);
    expect(reasons).toEqual(['', `Not as loud as ${NAME}`]);
  });

  test('takes nothing along of somebody in whose longer id theirs stands', async () => {
    const bench = createGameBench();
    const { act, game, world } = bench;
    craft(bench);
    const kind = { name: 'another', facts: z.object({ of: z.string() }) };
    const longer = [`${MIRA.userId}7`, `7${MIRA.userId}`, `7${MIRA.userId}7`];
    const others = longer.map((userId) => ({ guildId: OTHER_GUILD, userId }));
    for (const other of others) {
      act((tx) => game.players.ensure(tx, { ...ACTOR, ...other, avatar: `https://x/${other.userId}` }));
      act((tx) => game.proposals.make(tx, { ...other, guildId: MIRA.guildId }, kind, { of: other.userId }));
    }
    const theirs = () => Promise.all(others.map(({ userId }) => personalData(world.reader, userId)));
    const before = await theirs();
    const { servers, everywhere } = ask(bench);
    expect(servers).toBe(1);
    confirm(bench, everywhere);
    expect(await theirs()).toEqual(before);
  });

  test('is heard where all that is stored belongs to no server', () => {
    const bench = createGameBench();
    bench.act((tx) => bench.game.outlets.direct(tx, MIRA.userId));
    const { here, everywhere } = ask(bench);
    expect(here).toBeUndefined();
    confirm(bench, everywhere);
    expect(tracesOf(bench.world.reader, MIRA.userId)).toEqual([]);
  });

  test('begins anew afterwards', () => {
    const bench = createGameBench();
    craft(bench);
    confirm(bench, ask(bench).everywhere);
    craft(bench);
    expect(bench.game.players.joinedAt(bench.world.reader, MIRA)).toBe(bench.clock.now());
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('cannot be given anything any more by who was just asked whether they want to', () => {
    const bench = createGameBench();
    const { act, game } = bench;
    craft(bench);
    const giver = { ...ACTOR, ...TOBIN };
    const gift = { to: MIRA.userId, itemId: 'oak_log', quantity: 1 };
    const proposalId = act((tx) => game.giving.propose(tx, giver, gift));
    confirm(bench, ask(bench).here);
    expect(() => act((tx) => game.giving.accept(tx, giver, proposalId))).toThrow('unknownProposal');
  });

  test('stays off the leaderboards if they were hidden', () => {
    const bench = createGameBench();
    const { act, game, world, clock } = bench;
    for (const [holder, amount] of [
      [MIRA, 50],
      [TOBIN, 20],
    ] as const)
      act((tx) => game.progression.grantXp(tx, holder, amount, 'test'));
    act((tx) => game.preferences.set(tx, MIRA, leaderboardListing, 'hidden'));
    act((tx) => game.leaderboards.refresh(tx));
    const board = { guildId: MIRA.guildId, board: 'xp', period: 'all' } as const;
    const page = () => game.leaderboards.page(world.reader, board, 0, clock.now());
    const before = page();
    expect(before.lines.map(({ userId }) => userId)).toEqual([TOBIN.userId]);
    confirm(bench, ask(bench).everywhere);
    expect(page()).toEqual(before);
  });
});

describe('who asks again and again', () => {
  const asks = ({ act, game, world }: GameBench, what: 'export' | 'delete', { userId } = MIRA) =>
    act((tx) => game.privacy.admit(tx, world.markOf(userId), what));

  test('is told when they can ask again; others, and what they did not ask for yet, are not held up', () => {
    const bench = createGameBench();
    asks(bench, 'export');
    const againAt = bench.clock.now() + ASKED_AGAIN_AFTER;
    bench.clock.advance(ASKED_AGAIN_AFTER - 1);
    expect(refusalOf(() => asks(bench, 'export'))).toMatchObject({
      code: 'askedJustNow',
      facts: { context: 'export', againAt },
    });
    asks(bench, 'delete');
    asks(bench, 'export', TOBIN);
    bench.clock.advance(1);
    asks(bench, 'export');
  });

  test('is held up also after a restart, and after they were forgotten, without being named', () => {
    const file = join(temporaryFolder('asked'), 'world.sqlite');
    const before = createGameBench({ file });
    craft(before);
    asks(before, 'delete');
    confirm(before, ask(before).everywhere);
    expect(tracesOf(before.world.reader, MIRA.userId)).toEqual([]);
    before.world.close();
    const after = createGameBench({ file });
    expect(() => asks(after, 'delete')).toThrow('askedJustNow');
    after.world.close();
  });

  test('leaves nothing behind when the time is over and the next one asks', () => {
    const bench = createGameBench();
    asks(bench, 'export');
    bench.clock.advance(ASKED_AGAIN_AFTER);
    asks(bench, 'export', TOBIN);
    const marks = bench.world.reader.select({ mark: privacyRequests.mark }).from(privacyRequests).all();
    expect(marks).toEqual([{ mark: bench.world.markOf(TOBIN.userId) }]);
  });
});

describe('in a large world', () => {
  /** A world in a file, in which somebody else has done so much more than one craft. */
  function createWorldWith(deeds: number): GameBench {
    const bench = createGameBench({ file: join(temporaryFolder('large'), 'world.sqlite') });
    craft(bench);
    bench.act((tx) =>
      tx.db.run(sql`
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${deeds})
        INSERT INTO events (id, name, version, guild_id, user_id, occurred_at, cause_id, data)
        SELECT 'event ' || n, 'xpGranted', 1, ${MIRA.guildId}, ${TOBIN.userId}, n, 'test', '{}' FROM number`),
    );
    return bench;
  }

  /** How often others could do something while this went on. */
  async function turnsDuring({ act }: GameBench, look: () => Promise<unknown>): Promise<number> {
    let turns = 0;
    let isDone = false;
    const others = (async () => {
      for (; !isDone; turns++) {
        await setImmediate();
        act((tx) => tx.createId());
      }
    })();
    await look();
    isDone = true;
    await others;
    return turns;
  }

  test.each([
    ['looked through', ({ world }: GameBench) => findTraces(world, MIRA.userId)],
    ['exported', ({ world }: GameBench) => personalData(world.reader, MIRA.userId)],
  ])('others have their turns while it is %s for somebody', async (_, look) => {
    const [small = 0, large = 0] = await Promise.all(
      [1, 60_000].map(async (deeds) => {
        const bench = createWorldWith(deeds);
        const turns = await turnsDuring(bench, () => look(bench));
        bench.world.close();
        return turns;
      }),
    );
    expect(large - small).toBeGreaterThan(5);
  });

  test('what somebody does after that is forgotten as well', async () => {
    const bench = createWorldWith(12_000);
    const { act, game, world } = bench;
    const proposalId = ask(bench).everywhere;
    const traces = await findTraces(world, MIRA.userId);
    craft(bench, ACTOR, 'oak_plank');
    act((tx) => game.outlets.direct(tx, MIRA.userId));
    act((tx) => game.privacy.accept(tx, MIRA, proposalId, traces));
    act((tx) => game.privacy.forget(tx, proposalId, markOf, traces));
    expect(tracesOf(world.reader, MIRA.userId)).toEqual([]);
    expect(verifyLedger(world.reader)).toEqual([]);
    world.close();
  });
});

describe('what is told of somebody who is forgotten', () => {
  /** A message to the server that tells of Mira, and perhaps of Tobin too, as it is frozen. */
  function frozen(...about: readonly (typeof MIRA)[]): TellingBench {
    const telling = new TellingBench();
    const { act, game } = telling.bench;
    act((tx) => game.players.ensure(tx, ACTOR));
    const subject = { kind: 'rareItem', itemId: 'star_compass', quantity: 1, masterworks: 0 } as const;
    for (const holder of about) act((tx) => game.announcements.announce(tx, holder, subject));
    act((tx) =>
      game.channelMessages.next(
        tx,
        NEWS,
        { problem: undefined, home: undefined, ownerOf: () => undefined },
        (told) => ({
          shown: told.map(({ id }) => id),
          counted: [],
          body: {
            content: `<@${MIRA.userId}> and <@${TOBIN.userId}> made it`,
            embeds: [{ author: { name: NAME }, description: 'x' }],
            allowed_mentions: { users: [MIRA.userId, TOBIN.userId] },
          },
        }),
      ),
    );
    return telling;
  }

  const messages = ({ bench }: TellingBench) => bench.world.reader.select().from(channelMessages).all();

  test('goes with the message that tells nothing else', () => {
    const telling = frozen(MIRA);
    confirm(telling.bench, ask(telling.bench).here);
    expect(messages(telling)).toEqual([]);
    expect(telling.rows()).toEqual([]);
  });

  test('is not sent again as it was where it tells of others too: it is looked for, by a mark that says nothing', () => {
    const telling = frozen(MIRA, TOBIN);
    const [before] = messages(telling);
    confirm(telling.bench, ask(telling.bench).here);
    const mark = markOf(before?.body ?? {});
    expect(messages(telling)).toEqual([{ ...before, body: {}, mark }]);
    expect(telling.rows().map(({ userId }) => userId)).toEqual([TOBIN.userId]);
    expect(telling.next()).toEqual({ do: 'nothing' });
    telling.wait();
    expect(telling.bench.clock.now() - (before?.triedAt ?? 0)).toBe(2 * MINUTE);
    const search = telling.next();
    expect(search).toMatchObject({ do: 'lookFor', message: { id: before?.id, mark } });
    if (search.do !== 'lookFor') return;
    telling.arrive(search);
    expect(messages(telling)).toMatchObject([{ state: 'sent', body: {}, mark: null }]);
    expect(telling.rows()).toMatchObject([{ userId: TOBIN.userId, state: 'sent' }]);
  });

  test('is told anew without them where the message had not arrived', () => {
    const telling = frozen(MIRA, TOBIN);
    confirm(telling.bench, ask(telling.bench).here);
    telling.next();
    telling.wait();
    const search = telling.next();
    if (search.do !== 'lookFor') throw new Error(`It is not looked for: ${search.do}.`);
    telling.end(search, { became: 'absent' });
    expect(messages(telling)).toEqual([]);
    telling.wait();
    expect(telling.sending().message.body).toEqual({ told: [1] });
    expect(telling.rows().map(({ userId }) => userId)).toEqual([TOBIN.userId]);
  });

  test('keeps the spacing though the message that was on its way told of nobody else, and its row is gone', () => {
    const telling = frozen(MIRA);
    const [message] = messages(telling);
    if (!message) throw new Error('There is no message.');
    confirm(telling.bench, ask(telling.bench).here);
    expect(messages(telling)).toEqual([]);
    telling.end(
      { do: 'send', message, isRepetition: false },
      { became: 'sent', discordMessageId: 'a message that was sent' },
    );
    telling.tell(1, TOBIN);
    telling.settle();
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(telling.dueAt()).toBe(telling.bench.clock.now() + 5 * SECOND - 1);
  });

  test('is told anew at once where the message was on its way and Discord would not have it yet', () => {
    const telling = frozen(MIRA, TOBIN);
    const [message] = messages(telling);
    if (!message) throw new Error('There is no message.');
    confirm(telling.bench, ask(telling.bench).here);
    telling.end({ do: 'send', message, isRepetition: false }, { became: 'postponed', wait: 1_000 });
    telling.wait();
    expect(telling.sending().message).toMatchObject({ body: { told: [1] }, mark: null });
  });

  test('is given no reason any more in the log channel, though the line was under way with it', async () => {
    const telling = new TellingBench(await createPieceBench());
    const { bench } = telling;
    const { act, game, world } = bench;
    const admin = { ...MIRA, userId: OWNER };
    act((tx) => game.players.ensure(tx, ACTOR));
    act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, logChannel, OTHER_CHANNEL));
    act((tx) =>
      game.adjustments.grant(tx, admin, {
        userId: MIRA.userId,
        asset: 'item:coal',
        amount: 1,
        reason: 'for the cake of Ann Example',
      }),
    );
    const next = () => {
      const here = { problem: undefined, home: undefined, ownerOf: () => undefined };
      const step = act((tx) => game.channelMessages.next(tx, OTHER_CHANNEL, here, composeMessage));
      if (step.do !== 'send' && step.do !== 'lookFor') throw new Error(`Nothing is to be done: ${step.do}.`);
      return step;
    };
    telling.wait(OTHER_CHANNEL);
    const first = next();
    expect(JSON.stringify(first.message.body)).toContain('Ann Example');
    telling.end(first, { became: 'uncertain', detail: 'socket hang up', isAnswered: true });
    confirm(bench, ask(bench).here);
    expect(tracesOf(world.reader, 'Ann Example')).toEqual([]);
    bench.clock.advance(2 * MINUTE);
    const search = next();
    expect(search.do).toBe('lookFor');
    telling.end(search, { became: 'absent' });
    telling.wait(OTHER_CHANNEL);
    const { message } = next();
    expect(JSON.stringify(message.body)).toMatch(/gave Former member/);
    expect(JSON.stringify(message.body)).not.toContain('Ann Example');
  });

  test('is emptied where it was sent', () => {
    const telling = frozen(MIRA, TOBIN);
    const [message] = messages(telling);
    if (!message) throw new Error('There is no message.');
    telling.arrive({ do: 'send', message, isRepetition: false });
    confirm(telling.bench, ask(telling.bench).here);
    expect(messages(telling)).toMatchObject([{ state: 'sent', body: {} }]);
    expect(telling.rows()).toMatchObject([{ userId: TOBIN.userId, state: 'sent' }]);
  });

  test.each(['frozen', 'sent'] as const)(
    'stays where it tells of a longer id in which theirs stands: %s',
    (state) => {
      const telling = frozen(TOBIN);
      const longer = `${MIRA.userId}7`;
      const body = {
        content: `<@${longer}> made it`,
        embeds: [{ author: { name: 'Longer', icon_url: `https://x/${longer}.png` } }],
      };
      telling.bench.act((tx) => tx.db.update(channelMessages).set({ state, body }).run());
      telling.bench.act((tx) => telling.bench.game.players.ensure(tx, ACTOR));
      confirm(telling.bench, ask(telling.bench).here);
      expect(messages(telling)).toMatchObject([{ state, body }]);
    },
  );

  test('leaves nothing behind of direct messages that were under way', () => {
    const telling = new TellingBench();
    const { act, game, world } = telling.bench;
    act((tx) => game.preferences.set(tx, MIRA, notificationWay('gift'), 'direct'));
    telling.tell(1);
    expect(telling.next(MIRAS)).toMatchObject({ do: 'openDirect' });
    confirm(telling.bench, ask(telling.bench).everywhere);
    act((tx) =>
      game.channelMessages.noteOpened(tx, MIRAS, { became: 'open', channelId: '700000000000000001' }),
    );
    expect(game.outlets.find(world.reader, MIRAS)).toBeUndefined();
    expect(tracesOf(world.reader, '700000000000000001')).toEqual([]);
  });

  test('names them no more where it waits for somebody else', () => {
    const telling = new TellingBench();
    const gift = { kind: 'gift', from: MIRA.userId, itemId: 'coal', quantity: 1 } as const;
    telling.bench.act((tx) => telling.bench.game.announcements.tell(tx, TOBIN, WORKSHOP, gift));
    confirm(telling.bench, ask(telling.bench).here);
    const [waiting] = telling.rows();
    expect(waiting).toMatchObject({ userId: TOBIN.userId, state: 'pending', subject: { kind: 'gift' } });
    const from = waiting?.subject.kind === 'gift' ? waiting.subject.from : '';
    expect(isStandIn(from)).toBe(true);
  });

  test('is not told to the stand-in by a listener that comes late', () => {
    const { act, game, world } = createGameBench();
    const nobody = { ...MIRA, userId: createStandIn(seededRandom('nobody')) };
    act((tx) => game.announcements.tell(tx, nobody, WORKSHOP, { kind: 'levelUp', from: 1, to: 2 }));
    expect(world.reader.select().from(announcements).all()).toEqual([]);
  });
});

test('what is stored about somebody is shown whole, without what a running craft will bring', async () => {
  const bench = createGameBench();
  craft(bench);
  bench.act((tx) =>
    bench.game.announcements.tell(tx, TOBIN, WORKSHOP, {
      kind: 'gift',
      from: MIRA.userId,
      itemId: 'coal',
      quantity: 1,
    }),
  );
  bench.act((tx) => bench.game.outlets.direct(tx, MIRA.userId));
  const [server, none] = await personalData(bench.world.reader, MIRA.userId);
  expect(server?.guildId).toBe(MIRA.guildId);
  expect(server?.tables.map(({ table }) => table).sort()).toEqual(
    ['announcements', 'balances', 'crafts', 'events', 'ledger', 'players'].sort(),
  );
  expect(none).toMatchObject({
    guildId: null,
    tables: [{ table: 'outlets', rows: [{ userId: MIRA.userId }] }],
  });
  const [row] = bench.world.reader.select().from(crafts).all();
  const shown = server?.tables.find(({ table }) => table === 'crafts')?.rows[0];
  expect(shown).toMatchObject({ id: row?.id, orderedAt: new Date(row?.orderedAt ?? 0).toISOString() });
  expect(shown).not.toHaveProperty('seed');
});

test('a message that tells admins of several people is shown to none of them', async () => {
  const telling = new TellingBench();
  const { act, game, world } = telling.bench;
  const subject = { kind: 'rareItem', itemId: 'star_compass', quantity: 1, masterworks: 0 } as const;
  for (const holder of [MIRA, TOBIN]) act((tx) => game.announcements.announce(tx, holder, subject));
  act((tx) =>
    game.channelMessages.next(
      tx,
      NEWS,
      { problem: undefined, home: undefined, ownerOf: () => undefined },
      (told) => ({
        shown: told.map(({ id }) => id),
        counted: [],
        body: { content: `<@${MIRA.userId}>: thanks. <@${TOBIN.userId}>: for a secret reason` },
      }),
    ),
  );
  const shown = await personalData(world.reader, MIRA.userId);
  expect(JSON.stringify(shown)).not.toContain('secret reason');
  const tables = shown.flatMap((server) => server.tables);
  expect(tables.find(({ table }) => table === 'announcements')?.rows).toHaveLength(1);
  expect(tables.find(({ table }) => table === 'channel_messages')?.rows).toMatchObject([{ state: 'frozen' }]);
});

/** What everybody else sees of a server: what they have, and who is ahead of whom by how much. */
function viewOfOthers({ world, game, clock }: GameBench, guildId: string): unknown {
  const { reader } = world;
  const others = reader
    .selectDistinct({ userId: events.userId })
    .from(events)
    .where(eq(events.guildId, guildId))
    .orderBy(events.userId)
    .all()
    .flatMap(({ userId }) => (userId === null || userId === MIRA.userId || isStandIn(userId) ? [] : userId));
  return {
    people: others.map((userId) => ({
      userId,
      xp: game.progression.progress(reader, { guildId, userId }).xp,
      holdings: [...game.inventory.list(reader, { guildId, userId })],
      work: game.crafting.workbench(reader, { guildId, userId }, clock.now()),
      trip: game.gathering.underWay(reader, { guildId, userId }),
      achievements: game.achievements.progress(reader, { guildId, userId }),
      streak: game.daily.streak(reader, { guildId, userId }),
    })),
    boards: BOARD_NAMES.map((board) => {
      const { lines, ...page } = game.leaderboards.page(
        reader,
        { guildId, board, period: 'all' },
        0,
        clock.now(),
      );
      const named = lines.map((line) => ({
        ...line,
        userId: others.includes(line.userId) ? line.userId : 'somebody else',
      }));
      return { ...page, lines: named };
    }),
  };
}

test('whatever somebody has done, they are gone, the sums hold, and all others see what they saw', async () => {
  await fc.assert(
    fc.asyncProperty(
      wealth,
      deeds({ minLength: 60, maxLength: 160 }),
      fc.boolean(),
      async (wealths, history, everywhere) => {
        const town = await Town.found(wealths, { isClumsy: true });
        const { bench } = town;
        const { act, game, world } = bench;
        for (const deed of history) await town.do(deed);
        const question = ask(bench);
        const proposalId = everywhere ? question.everywhere : (question.here ?? question.everywhere);
        const traces = await findTraces(world, MIRA.userId);
        game.privacy.settle(world, MIRA, traces);
        act((tx) => game.privacy.accept(tx, MIRA, proposalId, traces));
        act((tx) => game.leaderboards.refresh(tx));
        const before = viewOfOthers(bench, MIRA.guildId);
        act((tx) => game.privacy.forget(tx, proposalId, markOf, traces));
        expect(viewOfOthers(bench, MIRA.guildId)).toEqual(before);
        expect(verifyLedger(world.reader)).toEqual([]);
        const left = (await personalData(world.reader, MIRA.userId)).map(({ guildId }) => guildId);
        expect(left).not.toContain(MIRA.guildId);
        if (everywhere) expect(tracesOf(world.reader, MIRA.userId)).toEqual([]);
        await town.settle();
        expect(verifyLedger(world.reader)).toEqual([]);
        if (everywhere) expect(tracesOf(world.reader, MIRA.userId)).toEqual([]);
        bench.clock.advance(MINUTE);
        world.close();
      },
    ),
    { numRuns: 6, interruptAfterTimeLimit: 90_000 },
  );
});
