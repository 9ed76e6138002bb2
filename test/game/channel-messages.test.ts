import { describe, expect, test } from 'vitest';
import { channelMessages } from '../../src/game/announcements/channel-messages.table.ts';
import type { Outcome } from '../../src/game/announcements/channel-messages.ts';
import type { OutletProblem } from '../../src/game/announcements/outlets.table.ts';
import { logChannel } from '../../src/game/announcements/settings.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import { HOUR, MINUTE, MIRA, SECOND, TOBIN, WORKSHOP } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import {
  ELSEWHERE,
  MIRAS,
  NEWS,
  OWNER,
  OWNERS,
  type Sending,
  TellingBench,
  TOBINS,
} from '../support/telling.ts';
import { only } from '../support/world.ts';

const DAY = 24 * HOUR;

const UNCERTAIN: Outcome = { became: 'uncertain', detail: 'socket hang up', isAnswered: true };

/** A server with every piece in place: what is to be announced follows its choice of a channel. */
async function tellingServer(): Promise<TellingBench> {
  return new TellingBench(await createPieceBench());
}

const refused = (problem: OutletProblem = 'missingPermissions'): Outcome => ({
  became: 'refused',
  problem,
  detail: 'as Discord says',
});

const outlet = ({ bench }: TellingBench, id = NEWS) => bench.game.outlets.find(bench.world.reader, id);

const messages = ({ bench }: TellingBench) => bench.world.reader.select().from(channelMessages).all();

/** What those who run the server were told. */
const news = (telling: TellingBench) =>
  telling.rows().filter(({ subject }) => subject.kind === 'channelPaused');

/** What the server and its players are told. */
const told = (telling: TellingBench) =>
  telling.rows().filter(({ subject }) => subject.kind !== 'channelPaused');

/** Something was announced, and Discord refused it: the channel is paused. */
function pause(telling: TellingBench, outcome: Outcome = refused()): void {
  telling.announce(1);
  telling.end(telling.sending(), outcome);
}

/** A direct message to Mira, once Discord has said as which channel it knows them. */
function openedDirectly(telling: TellingBench): Sending {
  const { act, game } = telling.bench;
  const step = telling.next(MIRAS);
  if (step.do === 'send') return step;
  const opened = { became: 'open', channelId: 'her channel' } as const;
  act((tx) => game.channelMessages.noteOpened(tx, MIRAS, opened));
  return telling.sending(MIRAS);
}

describe('a channel in which the bot may not write', () => {
  test('is paused at the first answer, and keeps what is to be told there', () => {
    const telling = new TellingBench();
    pause(telling);
    telling.announce(2);
    expect(outlet(telling)).toMatchObject({ state: 'paused', problem: 'missingPermissions', probes: 1 });
    expect(told(telling)).toMatchObject([{ state: 'pending' }, { state: 'pending' }]);
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(messages(telling)).toEqual([]);
  });

  test('is paused without asking Discord where the gateway has told already', () => {
    const telling = new TellingBench();
    telling.problems.set(NEWS, 'missingAccess');
    telling.announce(1);
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(outlet(telling)).toMatchObject({ state: 'paused', problem: 'missingAccess' });
    expect(only(news(telling))).toMatchObject({ subject: { channelId: NEWS, problem: 'missingAccess' } });
  });

  test('is tried again by itself, less and less often, and not while it is known to be of no use', () => {
    const telling = new TellingBench();
    pause(telling);
    const waits: number[] = [];
    for (let probe = 0; probe < 8; probe++) {
      telling.settle();
      telling.next();
      waits.push((telling.dueAt() ?? 0) - telling.bench.clock.now());
      telling.wait();
      telling.end(telling.sending(), refused());
    }
    expect(waits.map((wait) => wait / MINUTE)).toEqual([1, 5, 30, 120, 720, 1_440, 1_440, 1_440]);
    telling.problems.set(NEWS, 'missingPermissions');
    telling.wait();
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(telling.dueAt()).toBe(telling.bench.clock.now() + HOUR);
  });

  test('is told of once to those who run the server, in their log channel or else to the owner', () => {
    const telling = new TellingBench();
    pause(telling);
    telling.wait();
    telling.end(telling.sending(), refused());
    expect(only(news(telling))).toMatchObject({ audience: 'admins', outletId: OWNERS });

    const withLog = new TellingBench();
    const { act, game } = withLog.bench;
    act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, logChannel, ELSEWHERE));
    pause(withLog);
    expect(only(news(withLog))).toMatchObject({ outletId: ELSEWHERE, state: 'pending' });
  });

  test.each(['missingPermissions', 'channelGone'] as const)(
    'is nothing that those who run the server have to know of where only players would have been told (%s)',
    (problem) => {
      const telling = new TellingBench();
      telling.problems.set(ELSEWHERE, problem);
      telling.tell(1, MIRA, ELSEWHERE);
      telling.next(ELSEWHERE);
      expect(outlet(telling, ELSEWHERE)).toMatchObject({ state: 'paused', adminsToldAt: null });
      expect(news(telling)).toEqual([]);
      expect(only(told(telling))).toMatchObject({ outletId: MIRAS, state: 'pending' });
    },
  );

  test('is told of in the log channel as soon as one is chosen, where nobody could be told before', async () => {
    const telling = await tellingServer();
    const { act, game } = telling.bench;
    const chooseLog = (channelId: string | null) =>
      act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, logChannel, channelId));
    act((tx) => game.outlets.close(tx, OWNERS, null));
    pause(telling);
    expect(only(news(telling))).toMatchObject({ state: 'undeliverable', reason: 'noWayOpen' });
    chooseLog(ELSEWHERE);
    expect(only(news(telling))).toMatchObject({ state: 'pending', reason: null, outletId: ELSEWHERE });
    telling.wait(ELSEWHERE);
    telling.arrive(telling.sending(ELSEWHERE));
    chooseLog(null);
    chooseLog(ELSEWHERE);
    expect(only(news(telling))).toMatchObject({ state: 'sent' });
  });

  test('is not told of in a log channel that is chosen when it is over', async () => {
    const telling = await tellingServer();
    const { act, game } = telling.bench;
    act((tx) => game.outlets.close(tx, OWNERS, null));
    pause(telling);
    act((tx) => game.channelMessages.resume(tx, MIRA.guildId, NEWS));
    act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, logChannel, ELSEWHERE));
    expect(only(news(telling))).toMatchObject({ state: 'undeliverable' });
  });

  test('keeps open what may have arrived there for a day, and no longer', () => {
    const telling = new TellingBench();
    telling.tell(1);
    telling.end(telling.sending(), { became: 'uncertain', detail: 'timeout', isAnswered: true });
    telling.problems.set(NEWS, 'missingPermissions');
    telling.wait();
    telling.next();
    expect(only(told(telling))).toMatchObject({ state: 'pending' });
    telling.bench.clock.advance(DAY);
    telling.next();
    expect(only(told(telling))).toMatchObject({ state: 'unknown', reason: 'outcomeUnknown' });
    expect(only(messages(telling)).reason).toBe('The bot could not look into the channel for too long.');
  });

  test('is told of again when it has worked meanwhile', () => {
    const telling = new TellingBench();
    pause(telling);
    telling.wait();
    telling.arrive(telling.sending());
    telling.wait();
    telling.bench.clock.advance(MINUTE);
    pause(telling);
    expect(news(telling)).toHaveLength(2);
  });

  test('is told of again a day later when it was mended in between, not each time a permission comes and goes', () => {
    const telling = new TellingBench();
    const { act, game, clock } = telling.bench;
    const resume = () => act((tx) => game.channelMessages.resume(tx, MIRA.guildId, NEWS));
    pause(telling);
    for (let time = 0; time < 5; time++) {
      resume();
      telling.end(telling.sending(), refused());
      clock.advance(HOUR);
    }
    expect(news(telling)).toHaveLength(1);
    clock.advance(DAY);
    resume();
    telling.end(telling.sending(), refused());
    expect(news(telling)).toHaveLength(2);
  });

  test('is not told of again where nothing was mended and it was only tried again', () => {
    const telling = new TellingBench();
    const { act, game } = telling.bench;
    act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, logChannel, WORKSHOP));
    for (let day = 0; day < 3; day++) {
      telling.tell(day, MIRA, WORKSHOP);
      telling.end(telling.sending(WORKSHOP), refused());
      // What was for Mira goes another way, so nothing waits there when it is time to try again.
      telling.bench.clock.advance(DAY);
      telling.next(WORKSHOP);
      telling.arrive(openedDirectly(telling));
      telling.bench.clock.advance(MINUTE);
    }
    expect(news(telling)).toHaveLength(1);
  });

  test('goes on at once when the permission is back', () => {
    const telling = new TellingBench();
    const { act, game } = telling.bench;
    pause(telling);
    expect(act((tx) => game.channelMessages.resume(tx, MIRA.guildId, NEWS))).toBe(true);
    expect(act((tx) => game.channelMessages.resume(tx, MIRA.guildId, NEWS))).toBe(false);
    expect(telling.dueAt()).toBe(telling.bench.clock.now());
    telling.arrive(telling.sending());
    expect(only(told(telling))).toMatchObject({ state: 'sent' });
    expect(outlet(telling)).toMatchObject({ state: 'open', problem: null, probes: 0 });
  });

  test('lets players be told another way', () => {
    const telling = new TellingBench();
    telling.tell(1, MIRA, WORKSHOP);
    telling.tell(2, TOBIN, WORKSHOP);
    telling.end(telling.sending(WORKSHOP), refused());
    telling.tell(3, MIRA, WORKSHOP);
    expect(told(telling).map(({ outletId, state }) => [outletId, state])).toEqual([
      [MIRAS, 'pending'],
      [TOBINS, 'pending'],
      [MIRAS, 'pending'],
    ]);
    expect(telling.next(MIRAS)).toEqual({ do: 'openDirect', userId: MIRA.userId });
  });
});

describe('when another channel is chosen', () => {
  test('what waited for the one before is told there', async () => {
    const telling = await tellingServer();
    pause(telling);
    telling.announce(2);
    telling.choose(ELSEWHERE);
    expect(telling.told(ELSEWHERE)).toEqual([1, 2]);
    expect(telling.next(NEWS)).toEqual({ do: 'nothing' });
  });

  test('what was under way and is refused follows, instead of waiting for ever where nobody wants it', async () => {
    const telling = await tellingServer();
    telling.announce(1);
    const sending = telling.sending();
    telling.announce(2);
    telling.choose(ELSEWHERE);
    telling.end(sending, refused('channelGone'));
    expect(telling.told(ELSEWHERE)).toEqual([1, 2]);
  });

  test('what was under way and was put off follows too', async () => {
    const telling = await tellingServer();
    telling.announce(1);
    const sending = telling.sending();
    telling.choose(ELSEWHERE);
    telling.end(sending, { became: 'postponed', wait: SECOND });
    expect(telling.told(ELSEWHERE)).toEqual([1]);
  });

  test('what was under way when announcements were turned off is not told any more', async () => {
    const telling = await tellingServer();
    telling.announce(1);
    const sending = telling.sending();
    telling.choose(null);
    telling.end(sending, refused());
    expect(only(told(telling))).toMatchObject({ state: 'undeliverable', reason: 'turnedOff' });
  });

  test('what was given up when announcements were turned off is not told late when that is undone', async () => {
    const telling = await tellingServer();
    const { act, game } = telling.bench;
    const owner = { ...MIRA, userId: OWNER };
    telling.announce(1);
    telling.choose(null);
    telling.bench.clock.advance(HOUR);
    const { proposalId } = act((tx) => game.undoing.propose(tx, owner, undefined));
    act((tx) => game.undoing.accept(tx, owner, proposalId));
    telling.announce(2);
    expect(told(telling)[0]).toMatchObject({ state: 'undeliverable', reason: 'turnedOff' });
    expect(telling.told()).toEqual([2]);
  });

  test('what may have arrived in the one before cannot be found out any more', async () => {
    const telling = await tellingServer();
    telling.announce(1);
    telling.end(telling.sending(), UNCERTAIN);
    telling.wait();
    telling.end(telling.sending(), refused());
    telling.announce(2);
    telling.choose(ELSEWHERE);
    expect(told(telling)).toMatchObject([
      { state: 'unknown', reason: 'outcomeUnknown' },
      { state: 'pending', outletId: ELSEWHERE },
    ]);
  });

  test('nor what may have arrived there and is refused only now', async () => {
    const telling = await tellingServer();
    telling.announce(1);
    telling.end(telling.sending(), UNCERTAIN);
    telling.wait();
    const again = telling.sending();
    telling.choose(ELSEWHERE);
    telling.end(again, refused());
    expect(only(told(telling))).toMatchObject({ state: 'unknown', reason: 'outcomeUnknown' });
    expect(telling.next()).toEqual({ do: 'nothing' });
  });

  test('what turns out to have arrived after all is known to have', async () => {
    const telling = await tellingServer();
    telling.announce(1);
    telling.end(telling.sending(), UNCERTAIN);
    telling.wait();
    telling.end(telling.sending(), refused());
    telling.wait();
    const probe = telling.sending();
    telling.choose(ELSEWHERE);
    telling.arrive(probe);
    expect(only(told(telling))).toMatchObject({ state: 'sent', reason: null });
  });
});

describe('a message', () => {
  test('that certainly was not sent is none: what came meanwhile is told together with it', () => {
    const telling = new TellingBench();
    telling.announce(1);
    const first = telling.sending();
    telling.announce(2);
    telling.end(first, { became: 'postponed', wait: 7 * SECOND });
    expect(messages(telling)).toEqual([]);
    expect(telling.dueAt()).toBe(telling.bench.clock.now() + 7 * SECOND);
    telling.wait();
    const second = telling.sending();
    expect([second.message.body, second.isRepetition]).toEqual([{ told: [1, 2] }, false]);
  });

  test('that may have arrived stays as it is, whatever the channel says meanwhile', () => {
    const telling = new TellingBench();
    const { act, game } = telling.bench;
    telling.announce(1);
    const first = telling.sending();
    telling.end(first, UNCERTAIN);
    telling.announce(2);
    telling.next();
    telling.wait();
    telling.end(telling.sending(), refused());
    act((tx) => game.channelMessages.resume(tx, MIRA.guildId, NEWS));
    const again = telling.sending();
    expect(again).toMatchObject({
      isRepetition: true,
      message: { id: first.message.id, body: { told: [1] } },
    });
    telling.end(again, { became: 'postponed', wait: 7 * SECOND });
    telling.wait();
    expect(telling.sending()).toMatchObject({ message: { id: first.message.id } });
  });

  test('that may have arrived is tried again later and later, but at least once a minute', () => {
    const telling = new TellingBench();
    telling.announce(1);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      telling.end(telling.sending(), UNCERTAIN);
      waits.push((telling.dueAt() ?? 0) - telling.bench.clock.now());
      telling.wait();
    }
    expect(waits.map((wait) => wait / SECOND)).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
    expect(only(messages(telling))).toMatchObject({ state: 'frozen', attempts: 8, reason: 'socket hang up' });
  });

  test('that Discord answers with an error for most of a day is given up, and the next one is told', () => {
    const telling = new TellingBench();
    const { clock } = telling.bench;
    telling.announce(1);
    const start = clock.now();
    for (let attempt = 1; attempt <= 1_000; attempt++) {
      telling.settle();
      telling.end(telling.sending(), {
        became: 'uncertain',
        detail: 'Internal Server Error',
        isAnswered: true,
      });
      clock.advance(MINUTE);
    }
    expect(clock.now() - start).toBeGreaterThan(16 * HOUR);
    expect(only(messages(telling))).toMatchObject({
      state: 'unknown',
      reason: 'Given up after 1000 tries: Internal Server Error',
    });
    expect(only(telling.rows())).toMatchObject({ state: 'unknown', reason: 'outcomeUnknown' });
    telling.announce(2);
    expect(telling.told()).toEqual([2]);
  });

  test('that nobody answers, since there is no network, is kept for when there is one', () => {
    const telling = new TellingBench();
    telling.announce(1);
    for (let attempt = 1; attempt <= 1_500; attempt++) {
      telling.settle();
      telling.end(telling.sending(), { became: 'uncertain', detail: 'fetch failed', isAnswered: false });
      telling.bench.clock.advance(MINUTE);
    }
    telling.end(telling.sending(), { became: 'uncertain', detail: 'Bad Gateway', isAnswered: true });
    expect(only(messages(telling))).toMatchObject({ state: 'frozen', reason: 'Bad Gateway' });
    telling.bench.clock.advance(MINUTE);
    telling.arrive(telling.sending());
    expect(only(telling.rows())).toMatchObject({ state: 'sent' });
  });

  test('is looked for up to when it was sent last, not up to when it is looked for', () => {
    const telling = new TellingBench();
    telling.announce(1);
    const first = telling.sending();
    telling.end(first, UNCERTAIN);
    telling.bench.clock.advance(HOUR);
    for (const searchedTo of ['1', '2', '3']) {
      const sending = telling.sending();
      expect(sending.message.triedAt).toBe(first.message.triedAt);
      telling.end(sending, { became: 'searching', searchedTo });
      telling.settle();
      expect(only(messages(telling))).toMatchObject({ searchedTo, attempts: 1 });
      telling.bench.clock.advance(2 * SECOND);
    }
  });

  test('that nobody can find out about is unknown for ever, and the next one is told after the spacing', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.end(telling.sending(), UNCERTAIN);
    telling.announce(2);
    telling.next();
    telling.wait();
    telling.settle();
    telling.end(telling.sending(), { became: 'unknown', detail: 'The bot may not read the history.' });
    expect(told(telling)).toMatchObject([
      { state: 'unknown', reason: 'outcomeUnknown' },
      { state: 'pending', reason: null },
    ]);
    expect(only(messages(telling))).toMatchObject({
      state: 'unknown',
      reason: 'The bot may not read the history.',
    });
    expect(telling.dueAt()).toBe(telling.bench.clock.now() + 5 * SECOND);
    telling.wait();
    expect(telling.told()).toEqual([2]);
  });

  test('is for whoever has waited longest: players who are told much do not keep the server waiting', () => {
    const telling = new TellingBench();
    telling.tell(1);
    telling.announce(100);
    for (let message = 2; message < 10; message++) {
      telling.tell(message);
      telling.next();
      telling.wait();
      telling.arrive(telling.sending());
      telling.bench.clock.advance(5 * SECOND);
    }
    expect(told(telling).find(({ audience }) => audience === 'server')).toMatchObject({ state: 'sent' });
  });
});

describe('direct messages', () => {
  /** Mira wants to be told directly, and Discord has said as which channel it knows that. */
  function openedTelling(): TellingBench {
    const telling = new TellingBench();
    const { act, game } = telling.bench;
    act((tx) => game.preferences.set(tx, MIRA, notificationWay('gift'), 'direct'));
    telling.tell(1);
    expect(telling.next(MIRAS)).toEqual({ do: 'openDirect', userId: MIRA.userId });
    act((tx) => game.channelMessages.noteOpened(tx, MIRAS, { became: 'open', channelId: 'her channel' }));
    return telling;
  }

  test('that are closed are not knocked on again: it goes to the channel where it began', () => {
    const telling = openedTelling();
    const sending = telling.sending(MIRAS);
    expect(sending.message.channelId).toBe('her channel');
    telling.end(sending, refused('directMessagesClosed'));
    telling.tell(2);
    expect(told(telling).map(({ outletId, state }) => [outletId, state])).toEqual([
      [NEWS, 'pending'],
      [NEWS, 'pending'],
    ]);
    expect(telling.next(MIRAS)).toEqual({ do: 'nothing' });
    expect(telling.told(NEWS)).toEqual([1, 2]);
  });

  test('that may have arrived and cannot be asked about again are not told another way', () => {
    const telling = openedTelling();
    telling.end(telling.sending(MIRAS), UNCERTAIN);
    telling.wait(MIRAS);
    telling.end(telling.sending(MIRAS), refused('directMessagesClosed'));
    expect(only(told(telling))).toMatchObject({ state: 'unknown', reason: 'outcomeUnknown' });
  });

  test('come as one, those of one server after those of another', () => {
    const telling = openedTelling();
    const elsewhere = { ...MIRA, guildId: '900000000000000002' };
    const { act, game } = telling.bench;
    act((tx) => game.preferences.set(tx, elsewhere, notificationWay('gift'), 'direct'));
    telling.tell(2, elsewhere, 'a channel there');
    telling.tell(3);
    telling.settle(MIRAS);
    const first = telling.sending(MIRAS);
    expect(first.message.body).toEqual({ told: [1, 3] });
    telling.arrive(first);
    telling.wait(MIRAS);
    const second = telling.sending(MIRAS);
    expect(second.message).toMatchObject({ guildId: elsewhere.guildId, body: { told: [2] } });
  });
});

describe('what is heard too late', () => {
  test('that a message was not sent, after its channel was given up for another one: it is told there', async () => {
    const telling = await tellingServer();
    pause(telling);
    telling.wait();
    const probe = telling.sending();
    telling.choose(ELSEWHERE);
    telling.end(probe, refused());
    expect(only(told(telling))).toMatchObject({ state: 'pending', outletId: ELSEWHERE });
    expect(telling.told(ELSEWHERE)).toEqual([1]);
  });

  test('does not keep what another server has for the same person from being told', () => {
    const telling = new TellingBench();
    const { act, game, world } = telling.bench;
    const direct = MIRAS;
    for (const guildId of [MIRA.guildId, '900000000000000077']) {
      const holder = { ...MIRA, guildId };
      act((tx) => game.preferences.set(tx, holder, notificationWay('gift'), 'direct'));
      telling.tell(1, holder);
    }
    act((tx) => game.outlets.noteDirectChannel(tx, direct, '800000000000000055'));
    const underWay = telling.sending(direct);
    act((tx) => game.announcements.giveUp(tx, MIRA.guildId));
    telling.settle(direct);
    telling.end(underWay, { became: 'postponed', wait: 1_000 });
    expect(world.outbox.find(`discordNotify:${direct}`)).toBeDefined();
  });

  test('that a server was left does not take away what happened there after the return', () => {
    const telling = new TellingBench();
    telling.announce(1);
    const leftAt = telling.bench.clock.now();
    telling.bench.clock.advance(HOUR);
    telling.announce(2);
    telling.bench.world.transact({ cause: 'late' }, (tx) =>
      telling.bench.game.announcements.giveUp(
        { ...tx, db: tx.db, random: tx.random, now: leftAt },
        MIRA.guildId,
      ),
    );
    expect(telling.rows()).toMatchObject([
      { state: 'undeliverable', reason: 'leftServer' },
      { state: 'pending', reason: null },
    ]);
  });

  test('a refusal that says nothing about the person lets them be written to the next time', () => {
    const telling = new TellingBench();
    const { act, game, world } = telling.bench;
    const direct = MIRAS;
    act((tx) => game.preferences.set(tx, MIRA, notificationWay('gift'), 'direct'));
    act((tx) => game.outlets.noteDirectChannel(tx, direct, '800000000000000055'));
    telling.tell(1);
    telling.end(telling.sending(direct), refused('refused'));
    expect(only(told(telling))).toMatchObject({ outletId: NEWS, state: 'pending' });
    expect(game.outlets.isOpen(world.reader, direct)).toBe(true);
  });
});

describe('a server that the bot has left', () => {
  /** One announcement was told, one is under way, one waits, and a player's waits elsewhere. */
  async function leftServer(): Promise<{ telling: TellingBench; underWay: Sending }> {
    const telling = await tellingServer();
    telling.announce(1);
    telling.arrive(telling.sending());
    telling.wait();
    telling.announce(2);
    telling.bench.clock.advance(5 * SECOND);
    const underWay = telling.sending();
    telling.announce(3);
    telling.tell(4, MIRA, WORKSHOP);
    const { act, game } = telling.bench;
    act((tx) => game.servers.leave(tx, MIRA.guildId));
    return { telling, underWay };
  }

  test('is told nothing any more, and it is known why', async () => {
    const { telling } = await leftServer();
    telling.announce(5);
    telling.tell(6, MIRA, WORKSHOP);
    expect(told(telling).map(({ state, reason }) => [state, reason])).toEqual([
      ['sent', null],
      ['unknown', 'leftServer'],
      ['undeliverable', 'leftServer'],
      ['undeliverable', 'leftServer'],
      ['undeliverable', 'leftServer'],
      ['undeliverable', 'leftServer'],
    ]);
    for (const outletId of [NEWS, WORKSHOP, MIRAS]) expect(telling.next(outletId)).toEqual({ do: 'nothing' });
  });

  test('has got what was under way when Discord says so afterwards; whatever else it says changes nothing', async () => {
    const arrived = await leftServer();
    arrived.telling.arrive(arrived.underWay);
    expect(arrived.telling.rows()[1]).toMatchObject({ state: 'sent', reason: null });
    const failed = await leftServer();
    failed.telling.end(failed.underWay, refused('missingAccess'));
    expect(failed.telling.rows()[1]).toMatchObject({ state: 'unknown', reason: 'leftServer' });
    expect(news(failed.telling)).toEqual([]);
  });

  test('starts clean when the bot is back: only what happens from then on is told', async () => {
    const { telling } = await leftServer();
    const { act, game, clock } = telling.bench;
    act((tx) => game.servers.join(tx, MIRA.guildId));
    clock.advance(MINUTE);
    expect(telling.next()).toEqual({ do: 'nothing' });
    telling.announce(7);
    expect(telling.told()).toEqual([7]);
    expect(game.outlets.paused(telling.bench.world.reader)).toEqual([]);
  });
});
