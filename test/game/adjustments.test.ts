import { describe, expect, test } from 'vitest';
import { settingsChanged } from '../../src/events/settingsChanged.ts';
import { unlockedAchievements } from '../../src/game/achievements/achievements.table.ts';
import { type Adjustment, LARGEST_ADJUSTMENT, LONGEST_REASON } from '../../src/game/admin/adjustments.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import {
  announcementChannel,
  announcementRarity,
  logChannel,
} from '../../src/game/announcements/settings.ts';
import type { SettingDefinition } from '../../src/game/settings/definitions.ts';
import { guildSettings } from '../../src/game/settings/guild-settings.table.ts';
import { type Asset, readBalance, verifyLedger } from '../../src/world/ledger.ts';
import { HOUR, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { refusalOf } from '../support/refusal.ts';
import { only } from '../support/world.ts';

/** Who runs the server. */
const ADMIN = { guildId: MIRA.guildId, userId: '100000000000000009' };
const OTHER_ADMIN = { guildId: MIRA.guildId, userId: '100000000000000008' };

const SWORD = 'item:iron_sword';

function wish(asset: Asset, amount: number, { userId } = MIRA, reason = 'lost in a crash'): Adjustment {
  return { userId, asset, amount, reason };
}

const grant = (bench: PieceBench, asset: Asset, amount: number, who = MIRA, admin = ADMIN) =>
  bench.act((tx) => bench.game.adjustments.grant(tx, admin, wish(asset, amount, who)));

const take = (bench: PieceBench, asset: Asset, amount: number, who = MIRA, admin = ADMIN) =>
  bench.act((tx) => bench.game.adjustments.take(tx, admin, wish(asset, amount, who)));

/** Asks, and says yes. */
function undo(bench: PieceBench, eventId?: string, admin = ADMIN) {
  const { undoing } = bench.game;
  const { proposalId } = bench.act((tx) => undoing.propose(tx, admin, eventId));
  return bench.act((tx) => undoing.accept(tx, admin, proposalId));
}

const has = (bench: PieceBench, asset: Asset, who = MIRA) => readBalance(bench.world.reader, who, asset);

/** A server with a player in the workshop. */
async function createServer(): Promise<PieceBench> {
  const bench = await createPieceBench();
  await bench.runDueJobs('replayEvents');
  bench.act((tx) => bench.game.players.ensure(tx, { ...MIRA, channelId: WORKSHOP, locale: 'en-US' }));
  return bench;
}

function told(bench: PieceBench, audience: 'player' | 'admins' | 'server') {
  return bench.world.reader
    .select()
    .from(announcements)
    .all()
    .filter((each) => each.audience === audience);
}

describe('granting and taking', () => {
  test('changes what somebody has, by an event that says who, what, why, and how much it was before and after', async () => {
    const bench = await createServer();
    grant(bench, SWORD, 3);
    take(bench, SWORD, 1);
    const facts = { asset: SWORD, reason: 'lost in a crash', adminId: ADMIN.userId, undoes: null };
    expect(bench.published('balanceAdjusted')).toMatchObject([
      { ...MIRA, data: { ...facts, change: 3, before: 0, after: 3 } },
      { ...MIRA, data: { ...facts, change: -1, before: 3, after: 2 } },
    ]);
    expect(has(bench, SWORD)).toBe(2);
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('XP brings the level that goes with it, and nothing that is earned: no achievement, no news, no place on a board', async () => {
    const bench = await createServer();
    const { game, world } = bench;
    bench.act((tx) =>
      game.settings.set(tx, MIRA.guildId, ADMIN.userId, announcementChannel, '800000000000000009'),
    );
    grant(bench, 'xp', 100_000);
    grant(bench, 'item:moonsteel_crown', 500);
    await bench.runDueJobs('refreshLeaderboards');
    bench.clock.advance(HOUR);
    await bench.runDueJobs('refreshLeaderboards');
    expect(game.progression.progress(world.reader, MIRA).level).toBeGreaterThan(20);
    expect(world.reader.select().from(unlockedAchievements).all()).toEqual([]);
    expect(told(bench, 'server')).toEqual([]);
    const board = { guildId: MIRA.guildId, board: 'xp', period: 'all' } as const;
    expect(game.leaderboards.page(world.reader, board, 0, world.clock.now()).players).toBe(0);
    expect(bench.published().map(({ name }) => name)).not.toContain('userLeveledUp');
  });

  test('the player is told by direct message, with the reason and by whom; so is what is undone', async () => {
    const bench = await createServer();
    grant(bench, SWORD, 3);
    undo(bench);
    expect(told(bench, 'player')).toMatchObject([
      {
        ...MIRA,
        subject: { kind: 'adjustment', asset: SWORD, change: 3, adminId: ADMIN.userId, isUndo: false },
      },
      { ...MIRA, subject: { change: -3, reason: 'lost in a crash', isUndo: true } },
    ]);
    for (const { outletId } of told(bench, 'player')) expect(outletId).not.toBe(WORKSHOP);
  });

  test('who has never played becomes a player by it, and stays one when it is undone', async () => {
    const bench = await createServer();
    grant(bench, SWORD, 3, TOBIN);
    expect(has(bench, 'item:oak_log', TOBIN)).toBe(20);
    undo(bench);
    expect([has(bench, SWORD, TOBIN), has(bench, 'item:oak_log', TOBIN)]).toEqual([0, 20]);
  });

  test('a level that opens a slot lets what waits begin', async () => {
    const bench = await createServer();
    const { game, world } = bench;
    grant(bench, 'item:oak_log', 100);
    for (const recipeId of ['campfire', 'campfire']) {
      bench.act((tx) =>
        game.crafting.startCraft(tx, { ...MIRA, channelId: WORKSHOP, recipeId, quantity: 1 }),
      );
    }
    expect(game.crafting.activeCrafts(world.reader, MIRA)).toHaveLength(1);
    grant(bench, 'xp', 100_000);
    expect(game.crafting.activeCrafts(world.reader, MIRA)).toHaveLength(2);
  });

  test.each<[string, string, (bench: PieceBench) => unknown]>([
    ['to oneself', 'grantToYourself', (bench) => grant(bench, SWORD, 1, ADMIN)],
    ['nothing', 'amountOutOfRange', (bench) => grant(bench, SWORD, 0)],
    ['less than nothing', 'amountOutOfRange', (bench) => take(bench, SWORD, -1)],
    ['half a sword', 'amountOutOfRange', (bench) => grant(bench, SWORD, 0.5)],
    ['too much', 'amountOutOfRange', (bench) => grant(bench, 'xp', LARGEST_ADJUSTMENT + 1)],
    ['what does not exist', 'unknownItem', (bench) => grant(bench, 'item:philosophers_stone', 1)],
    ['what never existed', 'unknownItem', (bench) => take(bench, 'item:philosophers_stone', 1)],
    ['more than there is', 'takesTooMuch', (bench) => take(bench, 'item:oak_log', 21)],
    [
      'without a reason',
      'reasonUnfit',
      (bench) => bench.act((tx) => bench.game.adjustments.grant(tx, ADMIN, wish(SWORD, 1, MIRA, ' \n '))),
    ],
    [
      'with a novel for a reason',
      'reasonUnfit',
      (bench) =>
        bench.act((tx) =>
          bench.game.adjustments.take(tx, ADMIN, wish(SWORD, 1, MIRA, 'x'.repeat(LONGEST_REASON + 1))),
        ),
    ],
  ])('is refused: %s', async (_what, code, attempt) => {
    const bench = await createServer();
    const before = bench.published().length;
    expect(refusalOf(() => attempt(bench)).code).toBe(code);
    expect(bench.published()).toHaveLength(before);
  });
});

describe('undoing', () => {
  test('takes back what was granted and gives back what was taken, once', async () => {
    const bench = await createServer();
    const granted = grant(bench, SWORD, 3);
    const taken = take(bench, 'item:oak_log', 5);
    undo(bench, granted.id);
    undo(bench, taken.id, OTHER_ADMIN);
    expect([has(bench, SWORD), has(bench, 'item:oak_log')]).toEqual([0, 20]);
    for (let press = 0; press < 5; press++) {
      expect(refusalOf(() => undo(bench, taken.id))).toEqual({
        code: 'undoneAlready',
        facts: { userId: OTHER_ADMIN.userId, undoneAt: bench.clock.now() },
      });
    }
    expect(refusalOf(() => undo(bench)).code).toBe('nothingToUndo');
    expect(verifyLedger(bench.world.reader)).toEqual([]);
  });

  test('of two who said yes at the same time only one has undone it', async () => {
    const bench = await createServer();
    const { undoing } = bench.game;
    const { id } = grant(bench, SWORD, 3);
    const questions = [ADMIN, OTHER_ADMIN].map((admin) => ({
      admin,
      proposalId: bench.act((tx) => undoing.propose(tx, admin, id)).proposalId,
    }));
    const [first, second] = questions;
    if (!first || !second) throw new Error('There are two.');
    expect(refusalOf(() => bench.act((tx) => undoing.accept(tx, ADMIN, second.proposalId))).code).toBe(
      'notYourProposal',
    );
    bench.act((tx) => undoing.accept(tx, ADMIN, first.proposalId));
    expect(refusalOf(() => bench.act((tx) => undoing.accept(tx, OTHER_ADMIN, second.proposalId))).code).toBe(
      'undoneAlready',
    );
    expect(has(bench, SWORD)).toBe(0);
  });

  test('without a choice it is the last thing that stands; an undo is none of them and cannot be undone', async () => {
    const bench = await createServer();
    const first = grant(bench, SWORD, 1);
    bench.clock.advance(1);
    grant(bench, SWORD, 2);
    bench.clock.advance(1);
    expect(undo(bench).event.data).toMatchObject({ change: 2 });
    bench.clock.advance(1);
    expect(undo(bench).event.id).toBe(first.id);
    const [, , undone] = bench.published('balanceAdjusted');
    expect(refusalOf(() => undo(bench, undone?.id)).code).toBe('undoIsFinal');
  });

  test('is refused when it was used meanwhile, with how many are left', async () => {
    const bench = await createServer();
    const { id } = grant(bench, SWORD, 3);
    const proposalId = bench.act((tx) =>
      bench.game.giving.propose(
        tx,
        { ...MIRA, channelId: WORKSHOP, locale: 'en-US' },
        { to: TOBIN.userId, itemId: 'iron_sword', quantity: 2 },
      ),
    );
    bench.act((tx) =>
      bench.game.giving.accept(tx, { ...MIRA, channelId: WORKSHOP, locale: 'en-US' }, proposalId),
    );
    expect(refusalOf(() => undo(bench, id))).toEqual({
      code: 'usedMeanwhile',
      facts: { userId: MIRA.userId, asset: SWORD, needed: 3, count: 1 },
    });
    expect(has(bench, SWORD)).toBe(1);
  });

  test('XP stay while the slot is taken that their level has opened, and can go when it is free again', async () => {
    const bench = await createServer();
    const { game } = bench;
    grant(bench, 'item:oak_log', 100);
    const { id } = grant(bench, 'xp', 100_000);
    for (const recipeId of ['campfire', 'campfire']) {
      bench.act((tx) =>
        game.crafting.startCraft(tx, { ...MIRA, channelId: WORKSHOP, recipeId, quantity: 1 }),
      );
    }
    expect(refusalOf(() => undo(bench, id))).toEqual({ code: 'levelInUse', facts: { userId: MIRA.userId } });
    bench.clock.advance(24 * HOUR);
    game.dueWork.settle(bench.world, MIRA);
    undo(bench, id);
    expect(game.progression.progress(bench.world.reader, MIRA).level).toBe(1);
  });

  test('nobody gives back to themselves what somebody else took from them', async () => {
    const bench = await createServer();
    const { id } = take(bench, 'item:oak_log', 5);
    expect(refusalOf(() => undo(bench, id, MIRA)).code).toBe('grantToYourself');
    const own = take(bench, 'item:oak_log', 5, MIRA, MIRA);
    undo(bench, own.id, MIRA);
    expect(has(bench, 'item:oak_log')).toBe(15);
  });

  test('what happened in another server is unknown here', async () => {
    const bench = await createServer();
    const { id } = grant(bench, SWORD, 3);
    const elsewhere = { guildId: '900000000000000002', userId: ADMIN.userId };
    expect(refusalOf(() => undo(bench, id, elsewhere)).code).toBe('unknownAction');
    expect(refusalOf(() => undo(bench, undefined, elsewhere)).code).toBe('nothingToUndo');
    expect(bench.game.adminLog.page(bench.world.reader, elsewhere.guildId, undefined, 0).total).toBe(0);
  });
});

describe('the record', () => {
  test('has every change of a setting and all that was granted, taken and undone, the newest first', async () => {
    const bench = await createServer();
    const { game, world, clock } = bench;
    const steps = [
      () => bench.act((tx) => game.settings.set(tx, MIRA.guildId, ADMIN.userId, logChannel, WORKSHOP)),
      () => grant(bench, SWORD, 3),
      () => take(bench, 'item:oak_log', 5, MIRA, OTHER_ADMIN),
      () => undo(bench, bench.published('balanceAdjusted')[0]?.id),
    ];
    for (const step of steps) {
      clock.advance(1_000);
      step();
    }
    const { entries, total } = game.adminLog.page(world.reader, MIRA.guildId, undefined, 0);
    expect(total).toBe(4);
    expect(entries.map(({ event, adminId, undone }) => [event.name, adminId, undone?.adminId])).toEqual([
      ['balanceAdjusted', ADMIN.userId, undefined],
      ['balanceAdjusted', OTHER_ADMIN.userId, undefined],
      ['balanceAdjusted', ADMIN.userId, ADMIN.userId],
      ['settingsChanged', ADMIN.userId, undefined],
    ]);
    const about = (userId: string) => game.adminLog.page(world.reader, MIRA.guildId, userId, 0).total;
    expect([about(MIRA.userId), about(OTHER_ADMIN.userId), about(TOBIN.userId)]).toEqual([3, 1, 0]);
  });

  test('is told to the log channel once one is chosen, and to nobody else', async () => {
    const bench = await createServer();
    grant(bench, SWORD, 1);
    expect(told(bench, 'admins')).toEqual([]);
    bench.act((tx) => bench.game.settings.set(tx, MIRA.guildId, ADMIN.userId, logChannel, WORKSHOP));
    const second = grant(bench, SWORD, 1);
    expect(told(bench, 'admins').map(({ outletId }) => outletId)).toEqual([WORKSHOP, WORKSHOP]);
    expect(told(bench, 'admins').at(-1)?.subject).toEqual({ kind: 'adminAction', eventId: second.id });
  });

  test('what is heard of again, as when a listener is tried again, is recorded once', async () => {
    const bench = await createServer();
    await bench.removeListener('recordAdminAction');
    grant(bench, SWORD, 1);
    const { game, world } = bench;
    expect(game.adminLog.page(world.reader, MIRA.guildId, undefined, 0).total).toBe(0);
    const event = only(bench.published('balanceAdjusted'));
    for (let time = 0; time < 2; time++) bench.act((tx) => game.adminLog.note(tx, event));
    expect(game.adminLog.page(world.reader, MIRA.guildId, undefined, 0).total).toBe(1);
  });
});

describe('a change of a setting', () => {
  const set = <Value>(bench: PieceBench, definition: SettingDefinition<Value>, value: Value, admin = ADMIN) =>
    bench.act((tx) => bench.game.settings.set(tx, admin.guildId, admin.userId, definition, value));
  const rows = (bench: PieceBench) => bench.world.reader.select().from(guildSettings).all();

  test('is set back to what was set before, or to nothing where nothing was', async () => {
    const bench = await createServer();
    const first = set(bench, announcementRarity, 'epic');
    const second = set(bench, announcementRarity, 'common');
    undo(bench, second?.id);
    expect(rows(bench)).toMatchObject([{ name: 'announcementRarity', value: '"epic"' }]);
    undo(bench, first?.id, OTHER_ADMIN);
    expect(rows(bench)).toEqual([]);
    expect(bench.published('settingsChanged').at(-1)).toMatchObject({
      userId: OTHER_ADMIN.userId,
      data: { before: 'epic', after: 'rare', undoes: first?.id },
    });
    expect(refusalOf(() => undo(bench, first?.id)).code).toBe('undoneAlready');
    const last = bench.published('settingsChanged').at(-1);
    expect(refusalOf(() => undo(bench, last?.id)).code).toBe('undoIsFinal');
  });

  test('stays when it was changed again meanwhile, and it is said by whom', async () => {
    const bench = await createServer();
    const first = set(bench, announcementRarity, 'epic');
    bench.clock.advance(HOUR);
    set(bench, announcementRarity, 'common', OTHER_ADMIN);
    expect(refusalOf(() => undo(bench, first?.id))).toEqual({
      code: 'settingChangedSince',
      facts: { userId: OTHER_ADMIN.userId, changedAt: bench.clock.now() },
    });
    expect(rows(bench)).toMatchObject([{ value: '"common"' }]);
  });

  test('stays when it was changed again meanwhile, also where the same value is in force again', async () => {
    const bench = await createServer();
    const first = set(bench, announcementRarity, 'epic');
    const away = set(bench, announcementRarity, 'common', OTHER_ADMIN);
    const back = set(bench, announcementRarity, 'epic', OTHER_ADMIN);
    for (const later of [back, away]) {
      expect(refusalOf(() => undo(bench, first?.id))).toMatchObject({
        code: 'settingChangedSince',
        facts: { userId: OTHER_ADMIN.userId },
      });
      undo(bench, later?.id);
    }
    undo(bench, first?.id);
    expect(rows(bench)).toEqual([]);
  });

  test('that is undone is followed by all that follows a change: what waits for a channel goes back to the old one', async () => {
    const bench = await createServer();
    set(bench, announcementChannel, WORKSHOP);
    const change = set(bench, announcementChannel, '800000000000000009');
    bench.act((tx) =>
      bench.game.announcements.announce(tx, MIRA, { kind: 'serverMilestone', milestone: 100 }),
    );
    undo(bench, change?.id);
    expect(told(bench, 'server').map(({ outletId }) => outletId)).toEqual([WORKSHOP]);
  });

  test('of a setting that is no more cannot be undone', async () => {
    const bench = await createServer();
    const data = { setting: 'colourOfTheSky', before: 'blue', after: 'green' };
    const event = bench.act((tx) => tx.publish(settingsChanged, { ...ADMIN, data }));
    expect(refusalOf(() => undo(bench, event.id)).code).toBe('notUndoable');
  });
});
