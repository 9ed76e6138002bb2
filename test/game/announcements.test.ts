import { describe, expect, test } from 'vitest';
import { MIRA } from '../support/game.ts';
import { NEWS, TellingBench } from '../support/telling.ts';

describe('what is announced', () => {
  test('is told in the chosen channel, by a job', () => {
    const telling = new TellingBench();
    telling.announce(1);
    expect(telling.bench.world.outbox.find(`discordNotify:${NEWS}`)?.payload).toEqual({ outletId: NEWS });
    expect(telling.sending().message).toMatchObject({
      channelId: NEWS,
      guildId: MIRA.guildId,
      body: { told: [1] },
      state: 'frozen',
    });
  });

  test('is nothing where no channel was chosen', () => {
    const telling = new TellingBench();
    telling.choose(null);
    telling.announce(1);
    expect([telling.states(), telling.bench.world.outbox.count().waiting]).toEqual([[], 0]);
  });
});

describe('a message', () => {
  test('is frozen before it is sent: every retry is the same, word for word, whatever came after it', () => {
    const telling = new TellingBench();
    telling.announce(1, 2);
    const { message } = telling.sending();
    telling.announce(3);
    telling.bench.clock.advance(10);
    const again = telling.sending();
    expect(again).toMatchObject({ isRepetition: true, message: { id: message.id, body: { told: [1, 2] } } });
  });

  test('has a name that Discord takes for a nonce: 25 characters at most, never used twice', () => {
    const telling = new TellingBench();
    telling.announce(1);
    const first = telling.arrive(telling.sending());
    telling.announce(2);
    telling.next();
    telling.wait();
    const second = telling.arrive(telling.sending());
    expect([first.id.length, second.id.length].filter((length) => length > 25)).toEqual([]);
    expect(second.id).not.toBe(first.id);
  });

  test('that was sent is followed by the next one when the spacing allows, and that is asked for', () => {
    const telling = new TellingBench();
    telling.announce(1);
    const first = telling.sending();
    telling.announce(2);
    telling.settle();
    telling.arrive(first);
    expect(telling.dueAt()).toBe(telling.bench.clock.now() + 5_000);
    expect(telling.next()).toEqual({ do: 'nothing' });
    telling.wait();
    const second = telling.sending();
    expect(second.message.body).toEqual({ told: [2] });
    telling.settle();
    telling.arrive(second);
    expect(telling.states()).toEqual(['sent', 'sent']);
    expect([telling.dueAt(), telling.next()]).toEqual([undefined, { do: 'nothing' }]);
  });

  test('that Discord calls malformed does not hold up the next one', () => {
    const telling = new TellingBench();
    telling.announce(1);
    const first = telling.sending();
    telling.announce(2);
    telling.end(first, { became: 'malformed', detail: 'Invalid Form Body' });
    expect(telling.rows()).toMatchObject([
      { state: 'undeliverable', reason: 'malformed' },
      { state: 'pending', reason: null },
    ]);
    expect(telling.told()).toEqual([2]);
  });

  test('whose arrival is recorded twice stays what it was the first time', () => {
    const telling = new TellingBench();
    telling.announce(1);
    const first = telling.sending();
    telling.arrive(first);
    telling.settle();
    telling.end(first, { became: 'malformed', detail: 'too late' });
    expect(telling.states()).toEqual(['sent']);
    expect(telling.dueAt()).toBeUndefined();
  });
});
