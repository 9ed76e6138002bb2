import type { Database } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { describe, expect, test } from 'vitest';
import {
  announcementFigures,
  countFates,
  listAnnouncements,
  messagesUnderWay,
  waitingAnywhere,
  waitingByPlace,
} from '../../src/game/announcements/overview.ts';
import { HOUR, MIRA, SECOND, WORKSHOP } from '../support/game.ts';
import { NEWS, TellingBench } from '../support/telling.ts';
import { only } from '../support/world.ts';

const DAY = 24 * HOUR;

/** Two were told, one waits in a message under way, one waits elsewhere, and one is a day and an hour old. */
function busyServer(): TellingBench {
  const telling = new TellingBench();
  telling.announce(0);
  telling.arrive(telling.sending());
  telling.bench.clock.advance(DAY + HOUR);
  telling.announce(1, 2);
  telling.arrive(telling.sending());
  telling.bench.clock.advance(5 * SECOND);
  telling.announce(3);
  telling.end(telling.sending(), { became: 'uncertain', detail: 'socket hang up', isAnswered: true });
  telling.tell(4, MIRA, WORKSHOP);
  return telling;
}

describe('what an operator sees', () => {
  test('is how many announcements became what in a time, and why', () => {
    const { bench } = busyServer();
    const { reader } = bench.world;
    const since = bench.clock.now() - DAY;
    expect(countFates(reader, { since })).toEqual([
      { audience: 'player', state: 'pending', reason: null, count: 1 },
      { audience: 'server', state: 'pending', reason: null, count: 1 },
      { audience: 'server', state: 'sent', reason: null, count: 2 },
    ]);
    expect(countFates(reader, { since: 0, state: 'sent' })).toEqual([
      { audience: 'server', state: 'sent', reason: null, count: 3 },
    ]);
    expect(countFates(reader, { since, guildId: '900000000000000002' })).toEqual([]);
  });

  test('is each of them, page by page, with the message that tells it', () => {
    const { bench } = busyServer();
    const { reader } = bench.world;
    const look = (offset: number) =>
      listAnnouncements(reader, { since: bench.clock.now() - DAY }, { offset, limit: 3 }).map(
        ({ subject, discordMessageId }) => ['quantity' in subject && subject.quantity, discordMessageId],
      );
    const message = expect.stringMatching(/^discord /);
    expect(look(0)).toEqual([
      [1, message],
      [2, message],
      [3, null],
    ]);
    expect(look(3)).toEqual([[4, null]]);
    expect(look(4)).toEqual([]);
  });

  test('is what waits, where and for how long, and the messages under way', () => {
    const { bench } = busyServer();
    const { reader } = bench.world;
    const oldestAt = bench.clock.now() - 1;
    expect(waitingAnywhere(reader)).toEqual({ count: 2, oldestAt });
    expect(waitingByPlace(reader)).toEqual(
      new Map([
        [NEWS, { count: 1, oldestAt }],
        [WORKSHOP, { count: 1, oldestAt: oldestAt + 1 }],
      ]),
    );
    expect(only(messagesUnderWay(reader))).toMatchObject({ attempts: 1, reason: 'socket hang up' });
    expect(announcementFigures(bench.game, bench.world).waiting()).toEqual({ count: 2, longest: 1 });
    bench.clock.advance(-HOUR);
    expect(announcementFigures(bench.game, bench.world).waiting()).toEqual({ count: 2, longest: 0 });
    expect(waitingAnywhere(new TellingBench().bench.world.reader)).toEqual({ count: 0, oldestAt: null });
  });
});

/** How SQLite goes about what something asks of it. */
function plansOf({ bench }: TellingBench, ask: (db: BetterSQLite3Database) => unknown): string[] {
  // The connection behind Drizzle.
  const client = (bench.world.reader as unknown as { $client: Database }).$client;
  const plans: string[] = [];
  const logQuery = (query: string, parameters: unknown[]) => {
    const steps = client.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...parameters) as { detail: string }[];
    plans.push(...steps.map(({ detail }) => detail).filter((detail) => !detail.includes('TEMP B-TREE')));
  };
  ask(drizzle({ client, logger: { logQuery } }));
  return plans;
}

test('what is read again and again reads no more than it tells: the last day, what waits, what is under way', () => {
  const telling = new TellingBench();
  const waiting = 'SCAN announcements USING COVERING INDEX announcements_to_tell';
  expect(plansOf(telling, (db) => countFates(db, { since: 0 }))).toEqual([
    'SEARCH announcements USING INDEX announcements_by_time (occurred_at>?)',
  ]);
  expect(plansOf(telling, waitingAnywhere)).toEqual([waiting]);
  expect(plansOf(telling, waitingByPlace)).toEqual([waiting]);
  expect(plansOf(telling, messagesUnderWay)).toEqual([
    'SCAN channel_messages USING INDEX channel_messages_frozen',
  ]);
});
