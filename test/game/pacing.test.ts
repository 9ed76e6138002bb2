import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelMessage } from '../../src/game/announcements/channel-messages.table.ts';
import type { Outcome } from '../../src/game/announcements/channel-messages.ts';
import {
  announcementBudget,
  announcementSpacing,
  quietHours,
} from '../../src/game/announcements/settings.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import type { QuietHours } from '../../src/game/quiet-hours.ts';
import type { SettingDefinition } from '../../src/game/settings/definitions.ts';
import { seededRandom } from '../../src/world/random.ts';
import {
  createGameBench,
  HOUR,
  MINUTE,
  MIRA,
  SECOND,
  TOBIN,
  temporaryFolder,
  WORKSHOP,
} from '../support/game.ts';
import { ELSEWHERE, MIRAS, NEWS, OWNER, type Sending, TellingBench, TOBINS } from '../support/telling.ts';

const DAY = 24 * HOUR;

/** No history of these tests needs that many looks; one that does goes round in circles. */
const MOST_LOOKS = 5_000;

function set<Value>(telling: TellingBench, definition: SettingDefinition<Value>, value: Value): void {
  const { act, game } = telling.bench;
  act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, definition, value));
}

/** What becomes of what is sent, one try after the other; whatever comes after the last arrives. */
type Fate = 'arrives' | 'answerLost' | 'lost' | 'postponed';

const fate = fc.constantFrom<Fate>('arrives', 'arrives', 'arrives', 'answerLost', 'lost', 'postponed');

/** Discord's side of one channel: what has arrived there, and when. */
class Channel {
  readonly arrived = new Map<string, { readonly at: number; readonly told: readonly number[] }>();
  readonly #fates: Fate[];

  constructor(fates: readonly Fate[]) {
    this.#fates = [...fates];
  }

  take({ id, body }: ChannelMessage, at: number): Outcome {
    const became = this.#fates.shift() ?? 'arrives';
    if (became === 'postponed') return { became: 'postponed', wait: 3 * SECOND };
    const { told } = body as { told: number[] };
    // It knows a repetition by its nonce.
    if (became !== 'lost' && !this.arrived.has(id)) this.arrived.set(id, { at, told });
    if (became !== 'arrives') return { became: 'uncertain', detail: 'socket hang up', isAnswered: true };
    return { became: 'sent', discordMessageId: `discord ${id}` };
  }

  lookFor({ id }: ChannelMessage): Outcome {
    return this.arrived.has(id)
      ? { became: 'sent', discordMessageId: `discord ${id}` }
      : { became: 'absent' };
  }
}

/** Lets things happen one after the other and the job do its work, each time somewhat late, until all is told. */
function live(
  telling: TellingBench,
  channel: Channel,
  history: { readonly gaps: readonly number[]; readonly lateness: readonly number[] },
): void {
  const { clock } = telling.bench;
  const { gaps, lateness } = history;
  const start = clock.now();
  const moments = gaps.map((_, index) => start + gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0));
  for (let looks = 0, happened = 0; ; looks++) {
    if (looks > MOST_LOOKS) throw new Error('It never comes to an end.');
    const late = lateness[looks % lateness.length] ?? 0;
    const lookAt = (telling.dueAt() ?? Number.POSITIVE_INFINITY) + late;
    const next = moments[happened] ?? Number.POSITIVE_INFINITY;
    const moment = Math.min(next, lookAt);
    if (moment === Number.POSITIVE_INFINITY) return;
    clock.advance(Math.max(0, moment - clock.now()));
    if (next <= lookAt) telling.announce(++happened);
    else look(telling, channel);
  }
}

function look(telling: TellingBench, channel: Channel): void {
  telling.settle();
  const step = telling.next();
  if (step.do === 'lookFor') telling.end(step, channel.lookFor(step.message));
  if (step.do === 'send') telling.end(step, channel.take(step.message, telling.bench.clock.now()));
}

/** What the clock on a wall shows, in minutes after midnight; not by the library that the code uses. */
function minuteOfDay(moment: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const parts = clock.formatToParts(moment);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return read('hour') * 60 + read('minute');
}

function isQuiet({ from, until, timeZone }: QuietHours, moment: number): boolean {
  const minute = minuteOfDay(moment, timeZone);
  return from < until ? from <= minute && minute < until : from <= minute || minute < until;
}

const hours = fc
  .record({
    from: fc.integer({ min: 0, max: 1_439 }),
    until: fc.integer({ min: 0, max: 1_439 }),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu'),
  })
  .filter(({ from, until }) => from !== until);

const wishes = fc.record({
  spacing: fc.oneof(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 2, max: 3_600 })),
  budget: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 120 })),
  quiet: fc.option(hours),
});

const gap = fc.oneof(
  fc.integer({ min: 1, max: 3 * SECOND }),
  fc.integer({ min: 1, max: 5 * MINUTE }),
  fc.integer({ min: 1, max: 5 * HOUR }),
);

describe('whatever happens, and whatever becomes of what is sent', () => {
  test('no message comes closer than the spacing, above the budget or in quiet hours, and all is told once', () => {
    const history = fc.record({
      gaps: fc.array(gap, { minLength: 1, maxLength: 60, size: 'max' }),
      lateness: fc.array(fc.integer({ min: 0, max: 2 * SECOND }), { minLength: 1, maxLength: 20 }),
      startsAfter: fc.integer({ min: 0, max: 365 * DAY }),
      fates: fc.oneof(
        fc.array(fate, { maxLength: 30 }),
        // Discord is away for some time.
        fc.nat(30).map((tries) => Array<Fate>(tries).fill('lost')),
      ),
    });
    fc.assert(
      fc.property(wishes, history, ({ spacing, budget, quiet }, { startsAfter, fates, ...rest }) => {
        const telling = new TellingBench();
        set(telling, announcementSpacing, spacing);
        set(telling, announcementBudget, budget);
        set(telling, quietHours, quiet);
        telling.bench.clock.advance(startsAfter);
        const channel = new Channel(fates);
        live(telling, channel, rest);

        const arrived = [...channel.arrived.values()].sort((left, right) => left.at - right.at);
        for (const [index, { at }] of arrived.entries()) {
          const before = arrived[index - 1]?.at ?? Number.NEGATIVE_INFINITY;
          expect(at - before, 'spacing').toBeGreaterThanOrEqual(spacing * SECOND);
          const withinHour = arrived.filter((other) => other.at > at - HOUR && other.at <= at);
          expect(withinHour.length, 'messages in an hour').toBeLessThanOrEqual(budget);
          if (quiet) expect(isQuiet(quiet, at), `${new Date(at).toISOString()} is quiet`).toBe(false);
        }
        const told = arrived.flatMap((message) => message.told).sort((left, right) => left - right);
        expect(told).toEqual(rest.gaps.map((_, index) => index + 1));
        expect(new Set(telling.states())).toEqual(new Set(['sent']));
        telling.bench.world.close();
      }),
      { numRuns: 30, interruptAfterTimeLimit: 60_000 },
    );
  });
});

describe('over all channels', () => {
  const CHANNELS = 300;

  /** Something is to be told in each of many channels; the queue is asked every so often what has become due. */
  function burst(arrivals: readonly number[], askedEvery: number): { sentAt: number[]; looks: number[] } {
    const telling = new TellingBench();
    const { clock } = telling.bench;
    const start = clock.now();
    const channels = arrivals.map((_, index) => String(810_000_000_000_000_000n + BigInt(index)));
    const looks = new Map<string, number>();
    const sentAt: number[] = [];
    const coming = arrivals
      .map((at, index) => ({ at: start + at, channelId: channels[index] ?? '' }))
      .sort((left, right) => left.at - right.at);
    for (let round = 0; coming.length > 0 || telling.bench.world.outbox.count().waiting > 0; round++) {
      if (round > MOST_LOOKS) throw new Error('It never comes to an end.');
      clock.advance(start + round * askedEvery - clock.now());
      while (coming[0] && coming[0].at <= clock.now()) {
        const { channelId } = coming.shift() ?? { channelId: '' };
        telling.tellAt(1, MIRA, channelId);
      }
      const due = telling.bench.world.outbox.page(0, 1_000).filter(({ runAt }) => runAt <= clock.now());
      for (const { payload } of due.sort((left, right) => left.runAt - right.runAt)) {
        const { outletId } = payload as { outletId: string };
        looks.set(outletId, (looks.get(outletId) ?? 0) + 1);
        telling.settle(outletId);
        const step = telling.next(outletId);
        if (step.do !== 'send') continue;
        sentAt.push(clock.now());
        telling.arrive(step);
      }
    }
    telling.bench.world.close();
    return { sentAt, looks: [...looks.values()] };
  }

  test.each([
    { spread: 0, askedEvery: 1_000 },
    { spread: 0, askedEvery: 900 },
    { spread: 0, askedEvery: 10 },
    { spread: 4 * SECOND, askedEvery: 1_000 },
    { spread: 4 * SECOND, askedEvery: 130 },
    { spread: 15 * SECOND, askedEvery: 500 },
    { spread: 25 * SECOND, askedEvery: 1_000 },
  ])(
    'never more than 20 are sent in any second, and nobody comes back more than a few times: $spread, $askedEvery',
    ({ spread, askedEvery }) => {
      const random = seededRandom(`${spread}/${askedEvery}`);
      const arrivals = Array.from({ length: CHANNELS }, () => random.integer(0, spread));
      const { sentAt, looks } = burst(arrivals, askedEvery);
      expect(sentAt).toHaveLength(CHANNELS);
      for (const at of sentAt) {
        const within = sentAt.filter((other) => other >= at && other < at + SECOND);
        expect(within.length).toBeLessThanOrEqual(20);
      }
      expect(Math.max(...looks)).toBeLessThanOrEqual(4);
      // Nearly as fast as that allows.
      expect(Math.max(...sentAt) - Math.min(...sentAt)).toBeLessThanOrEqual(45 * SECOND);
    },
  );
});

describe('a place that is put back', () => {
  test('keeps the moment it was given to come back at: what happens meanwhile puts nobody off further', () => {
    const telling = new TellingBench();
    const { clock, game, act } = telling.bench;
    telling.announce(1);
    telling.wait();
    act((tx) => {
      for (let taken = 0; taken < 30; taken++) game.pacing.takeSlot(tx, 'messages');
    });
    expect(telling.next()).toEqual({ do: 'nothing' });
    const promised = telling.dueAt() ?? 0;
    for (let look = 0; look < 10; look++) {
      telling.settle();
      telling.announce(2);
      expect(telling.next()).toEqual({ do: 'nothing' });
      expect(telling.dueAt()).toBe(promised);
    }
    telling.wait();
    expect(clock.now()).toBe(promised);
    expect(telling.sending().message.audience).toBe('server');
  });

  test('by Discord is not tried earlier, whatever happens there meanwhile', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.end(telling.sending(), { became: 'postponed', wait: MINUTE });
    const at = telling.bench.clock.now() + MINUTE;
    telling.announce(2);
    telling.tell(3);
    telling.bench.clock.advance(30 * SECOND);
    telling.settle();
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(telling.dueAt()).toBe(at);
    telling.wait();
    expect(telling.told()).toEqual([1, 2]);
  });

  test('by Discord for all places holds back the others too, and they do not come together when it is over', () => {
    const telling = new TellingBench();
    const { clock } = telling.bench;
    telling.announce(1);
    telling.end(telling.sending(), { became: 'postponed', wait: MINUTE, rests: 'everything' });
    const at = clock.now() + MINUTE;
    telling.tell(2, MIRA, ELSEWHERE);
    telling.tell(3, MIRA, WORKSHOP);
    const due = [ELSEWHERE, WORKSHOP].map((channelId) => {
      expect(telling.next(channelId)).toEqual({ do: 'nothing' });
      return telling.dueAt(channelId) ?? 0;
    });
    expect(Math.min(...due)).toBeGreaterThan(at);
    expect(new Set(due).size).toBe(2);
    telling.wait(WORKSHOP);
    expect(telling.told(WORKSHOP)).toEqual([3]);
  });

  test('by Discord for everything is held back with all conversations, and a shorter rest ends no longer one', () => {
    const telling = new TellingBench();
    const { clock, game, act } = telling.bench;
    telling.announce(1);
    const sending = telling.sending();
    act((tx) => game.pacing.rest(tx, 'everything', tx.now + 10 * MINUTE));
    telling.end(sending, { became: 'postponed', wait: MINUTE, rests: 'everything' });
    const at = clock.now() + 10 * MINUTE;
    const slot = (ceiling: 'messages' | 'conversations') => act((tx) => game.pacing.takeSlot(tx, ceiling));
    expect(slot('messages')).toBeGreaterThan(at);
    expect(slot('conversations')).toBeGreaterThan(at);
  });

  test('by Discord while its message was given up holds back the others all the same', () => {
    const telling = new TellingBench();
    const { clock, game, act } = telling.bench;
    telling.announce(1);
    const sending = telling.sending();
    telling.end(sending, { became: 'unknown', detail: 'No history can be read.' });
    telling.end(sending, { became: 'postponed', wait: MINUTE, rests: 'everything' });
    expect(act((tx) => game.pacing.takeSlot(tx, 'messages'))).toBeGreaterThan(clock.now() + MINUTE);
  });

  test('rests no longer than an hour, so a clock that is put back silences nobody for long', () => {
    const telling = new TellingBench();
    const { clock, game, act } = telling.bench;
    telling.announce(1);
    telling.end(telling.sending(), { became: 'postponed', wait: 5 * HOUR, rests: 'everything' });
    telling.settle();
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(telling.dueAt()).toBe(clock.now() + HOUR);

    clock.advance(-10 * HOUR);
    const back = clock.now();
    expect(act((tx) => game.pacing.takeSlot(tx, 'messages'))).toBeLessThan(back + 2 * SECOND);
    telling.announce(2);
    telling.wait();
    expect(telling.told()).toEqual([2, 1]);
    expect(clock.now()).toBeLessThan(back + MINUTE);
  });

  test('by a search through a long history reads on after two seconds, so a restart earns no 429', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.end(telling.sending(), { became: 'uncertain', detail: 'socket hang up', isAnswered: true });
    telling.bench.clock.advance(HOUR);
    telling.end(telling.sending(), { became: 'searching', searchedTo: '5' });
    telling.tell(2);
    expect(telling.next()).toEqual({ do: 'nothing' });
    telling.wait();
    telling.bench.clock.advance(1);
    expect(telling.next()).toMatchObject({ do: 'send', message: { searchedTo: '5' } });
  });
});

test('a message of which nobody will ever know whether it arrived has used up its part of the budget', () => {
  const telling = new TellingBench();
  set(telling, announcementBudget, 1);
  telling.announce(1);
  telling.end(telling.sending(), { became: 'unknown', detail: 'No history can be read.' });
  const at = telling.bench.clock.now();
  telling.announce(2);
  telling.settle();
  expect(telling.next()).toEqual({ do: 'nothing' });
  expect(telling.dueAt()).toBe(at + HOUR);
});

test('a bot that is started again has used up what it had before: spacing, budget, ceilings, what Discord refused', () => {
  const file = join(temporaryFolder('started-again'), 'world.sqlite');
  const before = new TellingBench(createGameBench({ file }));
  set(before, announcementBudget, 1);
  before.announce(1);
  before.arrive(before.sending());
  const now = before.bench.clock.now();
  before.bench.act((tx) => {
    for (let time = 0; time < 30; time++) before.bench.game.pacing.takeSlot(tx, 'messages');
    for (let time = 0; time < 1_000; time++) before.bench.game.pacing.noteInvalidAnswer(tx);
  });
  before.bench.world.close();

  const { world, game, clock } = createGameBench({ file });
  clock.advance(now - clock.now());
  const { pacing } = game;
  const outlet = game.outlets.find(world.reader, NEWS);
  if (!outlet) throw new Error('Nothing is known of the channel any more.');
  expect(pacing.nextAt(world.reader, MIRA.guildId, outlet, 'player', now)).toBe(now + 5 * SECOND);
  expect(pacing.nextAt(world.reader, MIRA.guildId, outlet, 'server', now)).toBe(now + HOUR);
  expect(world.transact({ cause: 'again' }, (tx) => pacing.takeSlot(tx, 'messages'))).toBeGreaterThan(now);
  expect(pacing.isRefusedTooOften(world.reader, now)).toBe(true);
  world.close();
});

describe('conversations of which Discord says that they are too many', () => {
  test('are not begun with anybody else either until it is over', () => {
    const telling = new TellingBench();
    const { act, game, clock } = telling.bench;
    for (const holder of [MIRA, TOBIN]) {
      act((tx) => game.preferences.set(tx, holder, notificationWay('gift'), 'direct'));
      telling.tell(1, holder);
    }
    expect(telling.next(MIRAS)).toMatchObject({ do: 'openDirect' });
    const tooMany = { became: 'postponed', wait: 10 * MINUTE, rests: 'conversations' } as const;
    act((tx) => game.channelMessages.noteOpened(tx, MIRAS, tooMany));
    expect(telling.next(TOBINS)).toEqual({ do: 'nothing' });
    expect(telling.dueAt(TOBINS)).toBeGreaterThan(clock.now() + 10 * MINUTE);
    telling.wait(TOBINS);
    expect(telling.next(TOBINS)).toMatchObject({ do: 'openDirect' });
  });
});

describe('a server that wants quiet', () => {
  const AT_NIGHT = { from: 22 * 60, until: 7 * 60, timeZone: 'UTC' };
  /** One second before the night begins. */
  const EVENING = Date.UTC(2026, 10, 23, 21, 59, 59);
  const MORNING = Date.UTC(2026, 10, 24, 7);

  /** A message whose answer was lost at the last second of the day. */
  function atDusk() {
    const telling = new TellingBench();
    set(telling, quietHours, AT_NIGHT);
    telling.bench.clock.advance(EVENING - 1 - telling.bench.clock.now());
    telling.announce(1);
    const sending = telling.sending();
    telling.end(sending, { became: 'uncertain', detail: 'socket hang up', isAnswered: true });
    return { telling, sending };
  }

  function lookedFor(telling: TellingBench): Sending {
    const step = telling.next();
    if (step.do !== 'lookFor') throw new Error(`It is not looked for: ${step.do}.`);
    return step;
  }

  test('is told in the morning what happens at night', () => {
    const telling = new TellingBench();
    set(telling, quietHours, AT_NIGHT);
    telling.bench.clock.advance(EVENING + SECOND - telling.bench.clock.now());
    telling.announce(1, 2);
    telling.wait();
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(telling.dueAt()).toBe(MORNING);
    telling.wait();
    expect(telling.told()).toEqual([1, 2]);
  });

  test('is sent nothing again at night: it is only looked whether it arrived in the evening', () => {
    const { telling, sending } = atDusk();
    telling.wait();
    expect(telling.next()).toEqual({ do: 'nothing' });
    telling.wait();
    expect(telling.bench.clock.now()).toBe(EVENING + 2 * MINUTE);
    expect(telling.next()).toMatchObject({ do: 'lookFor', message: { id: sending.message.id } });
  });

  test('has been told what is found then, and is told in the morning what is not', () => {
    const found = atDusk();
    found.telling.bench.clock.advance(2 * MINUTE);
    found.telling.end(lookedFor(found.telling), { became: 'sent', discordMessageId: 'there' });
    expect(found.telling.states()).toEqual(['sent']);

    const { telling } = atDusk();
    telling.bench.clock.advance(2 * MINUTE);
    telling.end(lookedFor(telling), { became: 'absent' });
    telling.announce(2);
    telling.settle();
    telling.next();
    expect([telling.states(), telling.dueAt()]).toEqual([['pending', 'pending'], MORNING]);
    telling.wait();
    expect(telling.told()).toEqual([1, 2]);
  });

  test('lets players be told at night what concerns them, also there', () => {
    const { telling } = atDusk();
    telling.bench.clock.advance(2 * MINUTE);
    telling.end(lookedFor(telling), { became: 'absent' });
    telling.tell(7);
    telling.bench.clock.advance(MINUTE);
    expect(telling.told()).toEqual([7]);
  });
});

describe('when a clock is put back', () => {
  /** A server that was told much within its last hour, by a clock that is then put back. */
  function toldMuch(budget: number, back: number): TellingBench {
    const telling = new TellingBench();
    set(telling, announcementBudget, budget);
    for (let message = 1; message <= budget; message++) {
      telling.announce(message);
      telling.wait();
      telling.arrive(telling.sending());
      telling.bench.clock.advance(5 * SECOND);
    }
    telling.bench.clock.advance(-back);
    return telling;
  }

  /** A second in which nothing is sent anywhere: how much was sent just before is not known any more. */
  function goOn(telling: TellingBench): void {
    telling.next();
    telling.bench.clock.advance(2 * SECOND);
  }

  test('by a little, the spacing and the budget hold nevertheless', () => {
    const telling = toldMuch(3, MINUTE);
    telling.announce(4);
    telling.next();
    expect(telling.dueAt()).toBeGreaterThan(telling.bench.clock.now() + 59 * MINUTE);
    const spaced = toldMuch(1, 6 * SECOND);
    set(spaced, announcementBudget, 30);
    spaced.announce(4);
    expect(spaced.next()).toEqual({ do: 'nothing' });
  });

  test('by much, nobody waits for it to come round again, and the budget holds from then on', () => {
    const telling = toldMuch(3, 5 * DAY);
    for (let message = 4; message <= 6; message++) {
      telling.announce(message);
      telling.next();
      telling.wait();
      telling.arrive(telling.sending());
    }
    telling.announce(7);
    telling.next();
    expect(telling.dueAt()).toBeGreaterThan(telling.bench.clock.now() + 59 * MINUTE);
    expect(telling.dueAt()).toBeLessThan(telling.bench.clock.now() + HOUR);
  });

  test('a message that may have arrived is tried again soon', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.end(telling.sending(), { became: 'uncertain', detail: 'socket hang up', isAnswered: true });
    telling.bench.clock.advance(-5 * DAY);
    goOn(telling);
    expect(telling.next()).toMatchObject({ do: 'send', isRepetition: true });
  });

  test('a channel in which the bot may not write is looked at again soon', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.end(telling.sending(), {
      became: 'refused',
      problem: 'missingPermissions',
      detail: 'Missing Permissions',
    });
    telling.bench.clock.advance(-5 * DAY);
    goOn(telling);
    expect(telling.next()).toMatchObject({ do: 'send' });
  });

  test('what is let through over all channels goes on as fast as before', () => {
    const telling = new TellingBench();
    const { act, game, clock } = telling.bench;
    const take = () => act((tx) => game.pacing.takeSlot(tx, 'messages'));
    for (let taken = 0; taken < 100; taken++) take();
    clock.advance(-5 * MINUTE);
    expect(take()).toBeLessThanOrEqual(clock.now() + 2 * SECOND);
    clock.advance(SECOND);
    expect(take()).toBe(clock.now());
  });
});

describe('answers of which too many ban the bot', () => {
  function refuse(telling: TellingBench, times: number): void {
    const { act, game } = telling.bench;
    act((tx) => {
      for (let time = 0; time < times; time++) game.pacing.noteInvalidAnswer(tx);
    });
  }

  test('stop everything long before that, and are forgotten after ten minutes', () => {
    const telling = new TellingBench();
    const { clock } = telling.bench;
    refuse(telling, 999);
    telling.announce(1);
    telling.arrive(telling.sending());
    refuse(telling, 1);
    telling.announce(2);
    clock.advance(MINUTE);
    telling.settle();
    expect(telling.next()).toEqual({ do: 'nothing' });
    for (let minute = 0; minute < 12 && telling.next().do === 'nothing'; minute++) telling.wait();
    expect(telling.told()).toEqual([2]);
  });

  test('do not stop everything for long because a clock was put back', () => {
    const telling = new TellingBench();
    const { clock, game, world } = telling.bench;
    refuse(telling, 1_000);
    const isStopped = () => game.pacing.isRefusedTooOften(world.reader, clock.now());
    clock.advance(-5 * MINUTE);
    expect(isStopped()).toBe(true);
    clock.advance(-5 * DAY);
    expect(isStopped()).toBe(false);
  });
});
