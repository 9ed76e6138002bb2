import { describe, expect, test } from 'vitest';
import { channelMessages } from '../../src/game/announcements/channel-messages.table.ts';
import { announcementChannel, logChannel } from '../../src/game/announcements/settings.ts';
import { MINUTE, MIRA } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { ELSEWHERE, MIRAS, NEWS, OWNER, TellingBench } from '../support/telling.ts';
import { only } from '../support/world.ts';

/** The server whose channel it is. */
const THEIRS = '900000000000000002';

/** A server that announces in a channel of another one, as a file made it, and the other that announces there too. */
function atOdds(): TellingBench {
  const telling = new TellingBench();
  telling.homes.set(NEWS, THEIRS);
  return telling;
}

/** Something rare was made in the other server. */
function announceTheirs(telling: TellingBench, quantity: number): void {
  const { act, game } = telling.bench;
  const subject = { kind: 'rareItem', itemId: 'star_compass', quantity, masterworks: 0 } as const;
  act((tx) => game.settings.set(tx, THEIRS, OWNER, announcementChannel, NEWS));
  act((tx) => game.announcements.announce(tx, { ...MIRA, guildId: THEIRS }, subject));
}

const outlet = ({ bench }: TellingBench) => bench.game.outlets.find(bench.world.reader, NEWS);

describe('in a channel of another server', () => {
  test('nothing is announced, and it is known why', () => {
    const telling = atOdds();
    telling.announce(1, 2);
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(telling.rows()).toMatchObject([
      { state: 'undeliverable', reason: 'foreignChannel' },
      { state: 'undeliverable', reason: 'foreignChannel' },
    ]);
    expect(telling.rows().every(({ endedAt }) => endedAt === telling.bench.clock.now())).toBe(true);
  });

  test('nothing is said of what admins did', () => {
    const telling = atOdds();
    const { act, game } = telling.bench;
    act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, logChannel, NEWS));
    act((tx) => game.announcements.tellLog(tx, MIRA, { kind: 'adminAction', eventId: 'x' }));
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(only(telling.rows())).toMatchObject({ state: 'undeliverable', reason: 'foreignChannel' });
  });

  test('no player is told anything: it goes the other way', () => {
    const telling = atOdds();
    telling.tell(1);
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(only(telling.rows())).toMatchObject({ state: 'pending', outletId: MIRAS });
  });

  test('the server that owns it is told its own, and is not kept from it', () => {
    const telling = atOdds();
    telling.announce(1);
    announceTheirs(telling, 7);
    telling.bench.clock.advance(MINUTE);
    const sending = telling.sending();
    expect(sending.message).toMatchObject({ guildId: THEIRS, body: { told: [7] } });
    telling.arrive(sending);
    expect(outlet(telling)).toMatchObject({ guildId: THEIRS, state: 'open' });
  });

  test('it is not paused for what another server could not be told, and nobody hears of it', () => {
    const telling = atOdds();
    telling.problems.set(NEWS, 'missingPermissions');
    telling.announce(1);
    telling.next();
    expect(outlet(telling)).toBeUndefined();
    expect(only(telling.rows())).toMatchObject({ reason: 'foreignChannel' });
  });

  test('a message that may have arrived there before that was known is not sent again', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.end(telling.sending(), { became: 'uncertain', detail: 'socket hang up', isAnswered: true });
    telling.homes.set(NEWS, THEIRS);
    telling.wait();
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(only(telling.rows())).toMatchObject({ state: 'unknown', reason: 'foreignChannel' });
    expect(only(telling.bench.world.reader.select().from(channelMessages).all())).toMatchObject({
      state: 'unknown',
      reason: 'The channel belongs to another server.',
    });
  });

  test('what was found out about it for another server does not count for its own', () => {
    const telling = new TellingBench();
    telling.problems.set(NEWS, 'missingAccess');
    telling.announce(1);
    telling.next();
    expect(outlet(telling)).toMatchObject({ guildId: MIRA.guildId, state: 'paused' });
    telling.problems.clear();
    telling.homes.set(NEWS, THEIRS);
    announceTheirs(telling, 7);
    telling.wait();
    expect(telling.sending().message).toMatchObject({ guildId: THEIRS });
  });

  test('that only Discord could say whose it is, nothing is announced either', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.tell(2);
    telling.end(telling.sending(), { became: 'foreign', home: THEIRS });
    expect(telling.rows()).toMatchObject([
      { state: 'undeliverable', reason: 'foreignChannel' },
      { state: 'pending', outletId: MIRAS },
    ]);
    expect(telling.bench.world.reader.select().from(channelMessages).all()).toEqual([]);
    expect(telling.next()).toEqual({ do: 'nothing' });
    expect(outlet(telling)).toBeUndefined();
  });

  test('that is of no server at all, nothing is announced', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.end(telling.sending(), { became: 'foreign', home: null });
    expect(only(telling.rows())).toMatchObject({ state: 'undeliverable', reason: 'foreignChannel' });
  });

  test('a message that may have arrived and turns out to be for another server is not sent again', () => {
    const telling = new TellingBench();
    telling.announce(1);
    telling.end(telling.sending(), { became: 'uncertain', detail: 'socket hang up', isAnswered: true });
    telling.wait();
    telling.end(telling.sending(), { became: 'foreign', home: THEIRS });
    expect(only(telling.rows())).toMatchObject({ state: 'unknown', reason: 'foreignChannel' });
  });
});

describe('a server that names a channel of another one in its settings', () => {
  test('gives up nothing that may have arrived for the other one, and does not try it again in its stead', async () => {
    const telling = new TellingBench(await createPieceBench());
    announceTheirs(telling, 7);
    telling.homes.set(NEWS, THEIRS);
    telling.end(telling.sending(), { became: 'uncertain', detail: 'socket hang up', isAnswered: true });
    telling.wait();
    telling.end(telling.sending(), { became: 'refused', problem: 'missingAccess', detail: '' });
    telling.choose(ELSEWHERE);
    telling.choose(NEWS);
    expect(telling.rows().find(({ guildId }) => guildId === THEIRS)).toMatchObject({ state: 'pending' });
    expect(outlet(telling)).toMatchObject({ guildId: THEIRS, state: 'paused' });
  });
});
