import { describe, expect, test } from 'vitest';
import type { Announcement, ChannelMessage } from '../../src/game/announcements/announcements.table.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import { announcementChannel } from '../../src/game/settings/definitions.ts';
import { createGameBench, type GameBench, MINUTE, MIRA } from '../support/game.ts';

const NEWS = '800000000000000009';
const ELSEWHERE = '800000000000000010';
const KEY = `discordNotify:${NEWS}`;

function createBench(): GameBench {
  const bench = createGameBench();
  choose(bench, NEWS);
  return bench;
}

function choose(bench: GameBench, channelId: string | null): void {
  bench.act((tx) => bench.game.settings.set(tx, MIRA.guildId, '1', announcementChannel, channelId));
}

/** Something rare was made, so many of it. */
function announce(bench: GameBench, ...quantities: readonly number[]): void {
  for (const quantity of quantities) {
    bench.clock.advance(MINUTE);
    const subject = { kind: 'rareItem', itemId: 'star_compass', quantity, masterworks: 0 } as const;
    bench.act((tx) => bench.game.announcements.announce(tx, MIRA, subject));
  }
}

const compose = (told: readonly Announcement[]) => ({
  told: told.map(({ subject }) => ('quantity' in subject ? subject.quantity : 0)),
});

const freeze = (bench: GameBench, channelId = NEWS) =>
  bench.act((tx) => bench.game.announcements.freezeNext(tx, channelId, compose));

function frozen(bench: GameBench): ChannelMessage {
  const message = freeze(bench);
  if (!message) throw new Error('There is nothing to tell.');
  return message;
}

function markSent(bench: GameBench, message: ChannelMessage): void {
  bench.act((tx) => bench.game.announcements.markSent(tx, message, `discord ${message.id}`));
}

/** The job has run. */
function settle(bench: GameBench): void {
  bench.world.outbox.settle(bench.world.outbox.find(KEY)?.revision ?? 0);
}

const states = (bench: GameBench) =>
  bench.world.reader
    .select()
    .from(announcements)
    .all()
    .map(({ state }) => state);

describe('what is announced', () => {
  test('is told in the chosen channel, by a job', () => {
    const bench = createBench();
    announce(bench, 1);
    expect(bench.world.outbox.find(KEY)?.payload).toEqual({ channelId: NEWS });
    expect(freeze(bench)).toMatchObject({
      channelId: NEWS,
      guildId: MIRA.guildId,
      body: { told: [1] },
      state: 'frozen',
    });
  });

  test('is nothing where no channel was chosen', () => {
    const bench = createBench();
    choose(bench, null);
    announce(bench, 1);
    expect([states(bench), bench.world.outbox.count().waiting]).toEqual([[], 0]);
  });

  test('is told where it was to be told when it happened, also when another channel is chosen later', () => {
    const bench = createBench();
    announce(bench, 1);
    choose(bench, ELSEWHERE);
    announce(bench, 2);
    expect([freeze(bench)?.body, freeze(bench, ELSEWHERE)?.body]).toEqual([{ told: [1] }, { told: [2] }]);
  });
});

describe('a message', () => {
  test('is frozen before it is sent: every retry is the same, word for word, whatever came after it', () => {
    const bench = createBench();
    announce(bench, 1, 2);
    const message = frozen(bench);
    announce(bench, 3);
    bench.clock.advance(MINUTE);
    expect(freeze(bench)).toEqual(message);
    expect(message.body).toEqual({ told: [1, 2] });
  });

  test('has a name that Discord takes for a nonce: 25 characters at most, never used twice', () => {
    const bench = createBench();
    announce(bench, 1);
    const first = frozen(bench);
    markSent(bench, first);
    announce(bench, 2);
    const second = frozen(bench);
    expect([first.id.length, second.id.length].filter((length) => length > 25)).toEqual([]);
    expect(second.id).not.toBe(first.id);
  });

  test('that was sent is followed by the next one, and that is asked for', () => {
    const bench = createBench();
    announce(bench, 1);
    const first = frozen(bench);
    announce(bench, 2);
    settle(bench);
    markSent(bench, first);
    expect(bench.world.outbox.find(KEY)).toBeDefined();
    const second = frozen(bench);
    expect(second.body).toEqual({ told: [2] });
    settle(bench);
    markSent(bench, second);
    expect(states(bench)).toEqual(['sent', 'sent']);
    expect([bench.world.outbox.find(KEY), freeze(bench)]).toEqual([undefined, undefined]);
  });

  test('that Discord will not take does not hold up the next one', () => {
    const bench = createBench();
    announce(bench, 1);
    const first = frozen(bench);
    announce(bench, 2);
    bench.act((tx) => bench.game.announcements.markUndeliverable(tx, first, 'Missing Access'));
    expect(states(bench)).toEqual(['undeliverable', 'pending']);
    expect(frozen(bench).body).toEqual({ told: [2] });
  });

  test('tells ten announcements at most, the oldest first; the others come with the next one', () => {
    const bench = createBench();
    announce(bench, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    const first = frozen(bench);
    expect(first.body).toEqual({ told: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
    markSent(bench, first);
    expect(frozen(bench).body).toEqual({ told: [11, 12] });
  });

  test('whose arrival is recorded twice stays what it was the first time', () => {
    const bench = createBench();
    announce(bench, 1);
    const message = frozen(bench);
    markSent(bench, message);
    settle(bench);
    bench.act((tx) => bench.game.announcements.markUndeliverable(tx, message, 'too late'));
    expect(states(bench)).toEqual(['sent']);
    expect(bench.world.outbox.find(KEY)).toBeUndefined();
  });
});
