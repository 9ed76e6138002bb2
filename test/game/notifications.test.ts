import { describe, expect, test } from 'vitest';
import type {
  Announcement,
  AnnouncementKind,
  AnnouncementSubject,
} from '../../src/game/announcements/announcements.table.ts';
import { KEPT_FOR, type Outcome } from '../../src/game/announcements/channel-messages.ts';
import { notificationWay, type Way } from '../../src/game/announcements/ways.ts';
import type { Holder } from '../../src/world/ledger.ts';
import { HOUR, MINUTE, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { compose, ELSEWHERE, MIRAS, TellingBench, TOBINS } from '../support/telling.ts';

/** As which channel Discord knows Mira's direct messages. */
const MIRAS_CHANNEL = '700000000000000001';

const CLOSED = {
  became: 'refused',
  problem: 'directMessagesClosed',
  detail: 'Cannot send messages to this user',
} as const satisfies Outcome;
const FORBIDDEN = {
  became: 'refused',
  problem: 'missingPermissions',
  detail: 'Missing Permissions',
} as const satisfies Outcome;
/** What the gateway does not tell beforehand: only trying shows it. */
const MUZZLED = { became: 'refused', problem: 'refused', detail: 'Not now' } as const satisfies Outcome;

/** A workshop in which things begin, and people who choose how they are told how it went on. */
class NotifyingBench extends TellingBench {
  notify(how: Way, kinds: readonly AnnouncementKind[] = ['gift'], who: Holder = MIRA): void {
    this.bench.act((tx) => this.bench.game.notifications.choose(tx, who, kinds, how));
  }

  /** They are given so many of something in the workshop. */
  give(quantity: number, who: Holder = MIRA): void {
    this.tell(quantity, who, WORKSHOP);
  }

  /** The job has asked Discord for Mira's direct messages, where it had to. */
  openDirect(): void {
    const step = this.next(MIRAS);
    if (step.do !== 'openDirect') throw new Error(`It is not to be opened: ${step.do}.`);
    const opened = { became: 'open', channelId: MIRAS_CHANNEL } as const;
    this.bench.act((tx) => this.bench.game.channelMessages.noteOpened(tx, MIRAS, opened));
  }

  /** A message that is to be sent there now is refused. */
  refuse(outletId: string, outcome: Outcome): void {
    this.end(this.sending(outletId), outcome);
  }

  /** Mira takes no direct messages, and the bot has found that out. */
  closeDirect(): void {
    this.notify('direct', ['levelUp']);
    this.bench.act((tx) =>
      this.bench.game.announcements.tell(tx, MIRA, WORKSHOP, { kind: 'levelUp', from: 1, to: 2 }),
    );
    this.openDirect();
    this.refuse(MIRAS, CLOSED);
    this.arrive(this.sending(WORKSHOP));
    this.settle(WORKSHOP);
    this.bench.clock.advance(MINUTE);
  }

  /** The bot may not write in the workshop. */
  closeWorkshop(outcome: Outcome = FORBIDDEN): void {
    this.give(0, TOBIN);
    this.refuse(WORKSHOP, outcome);
  }

  /** Where the gifts to Mira are to be told or were, and what became of it. */
  ways(): string[] {
    return this.rows()
      .filter(({ userId, subject }) => userId === MIRA.userId && subject.kind === 'gift')
      .map(({ outletId, state }) => (state === 'pending' ? outletId : state));
  }

  inbox(who: Holder = MIRA): number[] {
    return this.bench.game.announcements
      .inbox(this.bench.world.reader, who)
      .map(({ subject }) => (subject.kind === 'gift' ? subject.quantity : 0));
  }
}

/** Mira, whom nobody can reach. */
function unreachable(): NotifyingBench {
  const notifying = new NotifyingBench();
  notifying.closeDirect();
  notifying.closeWorkshop();
  return notifying;
}

describe('somebody who chose nothing', () => {
  test('is told in the channel where it began, without a ping', () => {
    const notifying = new NotifyingBench();
    notifying.give(1);
    expect(notifying.rows()).toMatchObject([
      { audience: 'player', channelId: WORKSHOP, outletId: WORKSHOP, pings: false, state: 'pending' },
    ]);
    expect(notifying.told(WORKSHOP)).toEqual([1]);
  });

  test('is not told what comes by itself and often', () => {
    const notifying = new NotifyingBench();
    const { act, game } = notifying.bench;
    act((tx) => game.announcements.tell(tx, MIRA, WORKSHOP, { kind: 'engagement', xp: 1, items: [] }));
    expect(notifying.rows()).toEqual([]);
  });
});

describe('somebody who chose', () => {
  test('the channel is told there, with a ping, and nobody else is pinged with them', () => {
    const notifying = new NotifyingBench();
    notifying.notify('channel');
    notifying.give(1);
    notifying.give(2, TOBIN);
    expect(notifying.rows()).toMatchObject([
      { userId: MIRA.userId, outletId: WORKSHOP, pings: true },
      { userId: TOBIN.userId, outletId: WORKSHOP, pings: false },
    ]);
  });

  test('direct messages gets them, which are opened first and only once', () => {
    const notifying = new NotifyingBench();
    notifying.notify('direct');
    notifying.give(1);
    expect([notifying.dueAt(WORKSHOP), notifying.ways()]).toEqual([undefined, [MIRAS]]);
    expect(notifying.next(MIRAS)).toEqual({ do: 'openDirect', userId: MIRA.userId });
    notifying.openDirect();
    const message = notifying.arrive(notifying.sending(MIRAS));
    expect(message).toMatchObject({ channelId: MIRAS_CHANNEL, body: { told: [1] } });
    notifying.give(2);
    notifying.bench.clock.advance(MINUTE);
    expect(notifying.told(MIRAS)).toEqual([2]);
  });

  test('nothing is told nothing, and nothing of it is kept', () => {
    const notifying = new NotifyingBench();
    notifying.notify('off');
    notifying.give(1);
    expect([notifying.rows(), notifying.bench.world.outbox.count().waiting]).toEqual([[], 0]);
  });

  test('chose for themselves, of this kind and in this server', () => {
    const notifying = new NotifyingBench();
    const { act, game, world } = notifying.bench;
    notifying.notify('off', ['gift', 'craftFinished']);
    const ways = (holder: Holder) =>
      game.notifications.ways(world.reader, holder, ['craftFinished', 'engagement', 'gift', 'levelUp']);
    expect(ways(MIRA)).toEqual([
      { kind: 'craftFinished', way: 'off', isDefault: false },
      { kind: 'engagement', way: 'off', isDefault: true },
      { kind: 'gift', way: 'off', isDefault: false },
      { kind: 'levelUp', way: 'quiet', isDefault: true },
    ]);
    for (const other of [TOBIN, { ...MIRA, guildId: 'elsewhere' }])
      expect(ways(other).filter(({ isDefault }) => !isDefault)).toEqual([]);
    act((tx) => game.announcements.tell(tx, MIRA, WORKSHOP, { kind: 'levelUp', from: 1, to: 2 }));
    notifying.give(1, TOBIN);
    expect(notifying.rows()).toHaveLength(2);
  });
});

describe('what falls due together', () => {
  test('is one message, also to several people', () => {
    const notifying = new NotifyingBench();
    notifying.give(1);
    notifying.give(2, TOBIN);
    notifying.give(3);
    const due = notifying.dueAt(WORKSHOP) ?? 0;
    expect(due).toBeGreaterThan(notifying.bench.clock.now());
    notifying.wait(WORKSHOP);
    expect(notifying.told(WORKSHOP)).toEqual([1, 2, 3]);
  });

  test('is one direct message', () => {
    const notifying = new NotifyingBench();
    notifying.notify('direct');
    notifying.give(1);
    notifying.give(2);
    notifying.openDirect();
    expect(notifying.told(MIRAS)).toEqual([1, 2]);
  });

  test('in two servers is one direct message for each, one after the other', () => {
    const notifying = new NotifyingBench();
    const away = { ...MIRA, guildId: '900000000000000002' };
    notifying.notify('direct');
    notifying.notify('direct', ['gift'], away);
    notifying.give(1);
    notifying.tell(2, away, ELSEWHERE);
    notifying.openDirect();
    const first = notifying.arrive(notifying.sending(MIRAS));
    expect(notifying.next(MIRAS)).toEqual({ do: 'nothing' });
    notifying.wait(MIRAS);
    const second = notifying.arrive(notifying.sending(MIRAS));
    expect([first, second]).toMatchObject([
      { guildId: MIRA.guildId, body: { told: [1] } },
      { guildId: away.guildId, body: { told: [2] } },
    ]);
  });
});

describe('what nothing can show any more', () => {
  /** As if the card of those with this many had been lost. */
  const withoutCardFor = (lost: number) => (told: readonly Announcement[]) => {
    const composed = compose(told);
    if ((composed.body['told'] as number[]).includes(lost)) throw new Error('There is no card.');
    return composed;
  };

  test('keeps nothing else from being told, not even in another server', () => {
    const notifying = new NotifyingBench();
    const { act, game } = notifying.bench;
    const away = { ...MIRA, guildId: '900000000000000002' };
    for (const who of [MIRA, away]) notifying.notify('direct', ['gift'], who);
    notifying.give(1);
    notifying.tell(2, away, ELSEWHERE);
    notifying.openDirect();
    notifying.settle(MIRAS);
    const surroundings = { problem: undefined, home: undefined, ownerOf: () => undefined };
    act((tx) => game.channelMessages.next(tx, MIRAS, surroundings, withoutCardFor(1)));
    expect(notifying.ways()).toEqual(['undeliverable', MIRAS]);
    expect(notifying.dueAt(MIRAS)).toBe(notifying.bench.clock.now());
    expect(notifying.told(MIRAS)).toEqual([2]);
  });

  test('keeps nothing else in an inbox from being shown', () => {
    const notifying = unreachable();
    const { act, game, world } = notifying.bench;
    for (const quantity of [1, 2, 3]) notifying.give(quantity);
    const waiting = game.announcements.inbox(world.reader, MIRA);
    const shown = act((tx) => game.announcements.showAll(tx, waiting, withoutCardFor(2)));
    expect(shown?.body).toEqual({ told: [1, 3] });
    expect(notifying.inbox()).toEqual([1, 3]);
    expect(notifying.rows().filter(({ state }) => state === 'undeliverable')).toMatchObject([
      { reason: 'notShowable', endedAt: notifying.bench.clock.now() },
    ]);
    const none = game.announcements.inbox(world.reader, TOBIN);
    expect(act((tx) => game.announcements.showAll(tx, none, compose))).toBeUndefined();
  });
});

describe('where the chosen way is closed', () => {
  test('what was for the channel goes by direct message, and then into the inbox', () => {
    const notifying = new NotifyingBench();
    notifying.give(1);
    notifying.refuse(WORKSHOP, FORBIDDEN);
    expect(notifying.ways()).toEqual([MIRAS]);
    expect(notifying.dueAt(MIRAS)).toBe(notifying.bench.clock.now());
    notifying.openDirect();
    notifying.refuse(MIRAS, CLOSED);
    expect(notifying.ways()).toEqual(['inbox']);
    expect(notifying.inbox()).toEqual([1]);
  });

  test('what was for direct messages goes to the channel, and then into the inbox', () => {
    const notifying = new NotifyingBench();
    notifying.notify('direct');
    notifying.give(1);
    notifying.openDirect();
    notifying.refuse(MIRAS, CLOSED);
    expect(notifying.ways()).toEqual([WORKSHOP]);
    expect(notifying.dueAt(WORKSHOP)).toBe(notifying.bench.clock.now());
    notifying.refuse(WORKSHOP, FORBIDDEN);
    expect(notifying.ways()).toEqual(['inbox']);
    expect(notifying.inbox()).toEqual([1]);
  });

  test('everything that waits for it goes the other way, and everybody’s goes their own', () => {
    const notifying = new NotifyingBench();
    notifying.give(1);
    notifying.give(2, TOBIN);
    notifying.give(3);
    notifying.refuse(WORKSHOP, FORBIDDEN);
    notifying.openDirect();
    expect(notifying.told(MIRAS)).toEqual([1, 3]);
    expect(notifying.next(TOBINS)).toEqual({ do: 'openDirect', userId: TOBIN.userId });
  });

  test('and known to be, it is not tried: what happens then goes the other way at once', () => {
    const notifying = new NotifyingBench();
    notifying.closeWorkshop();
    notifying.give(1);
    expect(notifying.ways()).toEqual([MIRAS]);
    notifying.openDirect();
    notifying.refuse(MIRAS, CLOSED);
    notifying.notify('channel');
    notifying.give(2);
    expect(notifying.ways()).toEqual(['inbox', 'inbox']);
  });

  test('somebody whose direct messages cannot even be opened is told in the channel', () => {
    const notifying = new NotifyingBench();
    const { act, game } = notifying.bench;
    notifying.notify('direct');
    notifying.give(1);
    notifying.next(MIRAS);
    act((tx) => game.channelMessages.noteOpened(tx, MIRAS, CLOSED));
    expect(notifying.ways()).toEqual([WORKSHOP]);
  });

  test('the other way is taken also when it was closed before and is open again', () => {
    const notifying = new NotifyingBench();
    const { act, game } = notifying.bench;
    notifying.give(1);
    notifying.refuse(WORKSHOP, FORBIDDEN);
    act((tx) => game.channelMessages.resume(tx, MIRA.guildId, WORKSHOP));
    notifying.openDirect();
    notifying.refuse(MIRAS, CLOSED);
    expect(notifying.ways()).toEqual([WORKSHOP]);
    expect(notifying.told(WORKSHOP)).toEqual([1]);
  });

  test('a channel that nothing is known about is tried again in time, though nobody else has to be told there', () => {
    const notifying = new NotifyingBench();
    notifying.closeWorkshop(MUZZLED);
    notifying.give(1);
    expect(notifying.ways()).toEqual([MIRAS]);
    notifying.bench.clock.advance(2 * MINUTE);
    notifying.next(WORKSHOP);
    notifying.give(2);
    expect(notifying.ways()).toEqual([MIRAS, WORKSHOP]);
    notifying.arrive(notifying.sending(WORKSHOP));
    notifying.give(3);
    expect(notifying.ways()).toEqual([MIRAS, 'sent', WORKSHOP]);
  });

  test('a channel that is found closed again when it is tried keeps nobody waiting', () => {
    const notifying = new NotifyingBench();
    notifying.closeWorkshop(MUZZLED);
    notifying.bench.clock.advance(2 * MINUTE);
    notifying.give(1);
    notifying.refuse(WORKSHOP, MUZZLED);
    expect(notifying.ways()).toEqual([MIRAS]);
    notifying.give(2);
    expect(notifying.ways()).toEqual([MIRAS, MIRAS]);
  });

  test('a channel that the gateway says is closed still is not tried, and keeps nobody waiting', () => {
    const notifying = new NotifyingBench();
    notifying.closeWorkshop();
    notifying.problems.set(WORKSHOP, 'missingPermissions');
    notifying.bench.clock.advance(2 * HOUR);
    notifying.give(1);
    notifying.next(WORKSHOP);
    expect(notifying.ways()).toEqual([MIRAS]);
  });
});

describe('what is private', () => {
  const TAKEN = {
    kind: 'adjustment',
    asset: 'xp',
    change: -5,
    reason: 'cheating',
    adminId: TOBIN.userId,
    isUndo: false,
  } as const satisfies AnnouncementSubject;

  const tell = ({ bench: { act, game } }: NotifyingBench) =>
    act((tx) => game.announcements.tell(tx, MIRA, WORKSHOP, TAKEN));

  /** Where it is told, or what became of it. */
  const fate = (notifying: NotifyingBench) =>
    notifying
      .rows()
      .filter(({ subject }) => subject.kind === 'adjustment')
      .map(({ outletId, state }) => (state === 'pending' ? outletId : state));

  test.each(['quiet', 'channel', 'direct'] as const)(
    'goes by direct message, also to who chose %s',
    (way) => {
      const notifying = new NotifyingBench();
      const { act, game } = notifying.bench;
      act((tx) => game.preferences.set(tx, MIRA, notificationWay('adjustment'), way));
      tell(notifying);
      expect(fate(notifying)).toEqual([MIRAS]);
    },
  );

  test('waits in the inbox where direct messages are known to be closed, though the channel is open', () => {
    const notifying = new NotifyingBench();
    notifying.closeDirect();
    tell(notifying);
    expect(fate(notifying)).toEqual(['inbox']);
  });

  test('waits in the inbox where direct messages turn out to be closed, though the channel is open', () => {
    const notifying = new NotifyingBench();
    tell(notifying);
    notifying.openDirect();
    notifying.refuse(MIRAS, CLOSED);
    expect(fate(notifying)).toEqual(['inbox']);
  });

  test.each(['quiet', 'channel'] as const)(
    'is said to come by direct message also to who chose %s',
    (way) => {
      const { bench } = new NotifyingBench();
      const { act, game, world } = bench;
      const kinds = ['adjustment', 'gift'] as const;
      const ways = () => game.notifications.ways(world.reader, MIRA, kinds).map((chosen) => chosen.way);
      // As it could be chosen before.
      act((tx) => game.preferences.set(tx, MIRA, notificationWay('adjustment'), way));
      expect(ways()).toEqual(['direct', 'quiet']);
      act((tx) => game.notifications.choose(tx, MIRA, kinds, 'off'));
      act((tx) => game.notifications.choose(tx, MIRA, kinds, way));
      expect(ways()).toEqual(['direct', way]);
      expect(game.preferences.get(world.reader, MIRA, notificationWay('adjustment'))).toBe('direct');
    },
  );

  test('goes into no channel in another world either', () => {
    const notifying = new NotifyingBench();
    const { act, game } = notifying.bench;
    act((tx) => game.preferences.set(tx, MIRA, notificationWay('adjustment'), 'channel'));
    tell(notifying);
    act((tx) => game.announcements.resumeServer(tx, MIRA.guildId));
    expect(fate(notifying)).toEqual([MIRAS]);
  });
});

describe('who takes no direct messages', () => {
  test('is not knocked on again, in whichever server', () => {
    const notifying = new NotifyingBench();
    const { game, world } = notifying.bench;
    notifying.closeDirect();
    expect(game.notifications.takesNoDirectMessages(world.reader, MIRA.userId)).toBe(true);
    notifying.settle(MIRAS);
    const away = { ...MIRA, guildId: '900000000000000002' };
    notifying.bench.act((tx) => game.notifications.choose(tx, TOBIN, ['gift'], 'direct'));
    notifying.tell(1, away, ELSEWHERE);
    notifying.give(2);
    notifying.bench.clock.advance(1_000 * HOUR);
    expect([notifying.dueAt(MIRAS), notifying.next(MIRAS)]).toEqual([undefined, { do: 'nothing' }]);
    expect(notifying.ways()).toEqual([ELSEWHERE, WORKSHOP]);
  });

  test('is not taken at their word for other things: only choosing direct messages opens them again', () => {
    const notifying = new NotifyingBench();
    const { game, world } = notifying.bench;
    notifying.closeDirect();
    for (const way of ['quiet', 'channel', 'off'] as const) notifying.notify(way);
    expect(game.notifications.takesNoDirectMessages(world.reader, MIRA.userId)).toBe(true);
  });

  test('is tried again when they choose them again, even for what they had chosen them for', () => {
    const notifying = new NotifyingBench();
    const { game, world } = notifying.bench;
    notifying.closeDirect();
    notifying.notify('direct', ['levelUp']);
    expect(game.notifications.takesNoDirectMessages(world.reader, MIRA.userId)).toBe(false);
    notifying.notify('direct', ['gift']);
    notifying.give(1);
    expect(notifying.ways()).toEqual([MIRAS]);
    expect(notifying.told(MIRAS)).toEqual([1]);
  });
});

describe('the inbox', () => {
  test('has what could be told neither way, the oldest first, for each player and each server', () => {
    const notifying = unreachable();
    notifying.give(1);
    notifying.give(2);
    expect(notifying.inbox()).toEqual([1, 2]);
    expect([notifying.inbox(TOBIN), notifying.inbox({ ...MIRA, guildId: 'elsewhere' })]).toEqual([[], []]);
    expect(notifying.rows().at(-1)).toMatchObject({ state: 'inbox', reason: 'noWayOpen', endedAt: null });
  });

  test('keeps what was not shown', () => {
    const notifying = unreachable();
    const { act, game, world, clock } = notifying.bench;
    notifying.give(1);
    notifying.give(2);
    const [first] = game.announcements.inbox(world.reader, MIRA);
    act((tx) => game.announcements.markShown(tx, [first?.id ?? '']));
    expect(notifying.inbox()).toEqual([2]);
    expect(notifying.rows().find(({ id }) => id === first?.id)).toMatchObject({
      state: 'sent',
      reason: 'shownInInbox',
      endedAt: clock.now(),
    });
  });

  test('is kept for who comes back after a long time, when everything else of then is forgotten', () => {
    const notifying = unreachable();
    const { act, game, clock } = notifying.bench;
    notifying.give(1);
    clock.advance(2 * KEPT_FOR);
    act((tx) => game.channelMessages.resume(tx, MIRA.guildId, WORKSHOP));
    notifying.give(2, TOBIN);
    notifying.arrive(notifying.sending(WORKSHOP));
    expect(notifying.inbox()).toEqual([1]);
    expect(notifying.rows().filter(({ subject }) => subject.kind === 'levelUp')).toEqual([]);
  });

  test('is not sent after somebody when a way opens later', () => {
    const notifying = unreachable();
    const { act, game } = notifying.bench;
    notifying.give(1);
    notifying.notify('direct');
    act((tx) => game.channelMessages.resume(tx, MIRA.guildId, WORKSHOP));
    expect(notifying.ways()).toEqual(['inbox']);
    expect([notifying.next(WORKSHOP), notifying.next(MIRAS)]).toEqual([{ do: 'nothing' }, { do: 'nothing' }]);
  });
});
