import { describe, expect, test } from 'vitest';
import { DomainListener } from '../../src/pieces/domain-listener.ts';
import type { DomainEvent } from '../../src/world/event.ts';
import { SECOND } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { bellRang, dustFell, letDustFall, only, ring } from '../support/world.ts';

let heard: string[] = [];
let isBroken = false;

function hear({ name, version }: DomainEvent): void {
  if (isBroken) throw new Error('Deaf today.');
  heard.push(`${name} ${version}`);
}

class HearBoth extends DomainListener<typeof bellRang | typeof dustFell> {
  constructor(context: DomainListener.LoaderContext) {
    super(context, bellRang, dustFell);
  }

  override handle(event: DomainEvent): void {
    hear(event);
  }
}

class HearAll extends DomainListener {
  constructor(context: DomainListener.LoaderContext) {
    super(context);
  }

  override handle(event: DomainEvent): void {
    hear(event);
  }
}

class HearNothing extends HearAll {
  override hears(): boolean {
    return false;
  }
}

async function createBench(listener: typeof HearBoth | typeof HearAll): Promise<PieceBench> {
  heard = [];
  isBroken = false;
  const bench = await createPieceBench();
  await bench.addListener('ear', listener);
  return bench;
}

describe('a listener', () => {
  test('of several events hears those, and no others', async () => {
    const bench = await createBench(HearBoth);
    bench.act((tx) => {
      ring(tx);
      letDustFall(tx);
      bench.game.progression.grantXp(tx, { guildId: '1', userId: '2' }, 5, 'test');
    });
    expect(heard).toEqual(['bellRang 1', 'dustFell 1']);
  });

  test('of everything hears everything, each event once', async () => {
    const bench = await createBench(HearAll);
    bench.act((tx) => {
      ring(tx);
      bench.game.progression.grantXp(tx, { guildId: '1', userId: '2' }, 5, 'test');
    });
    expect(heard).toEqual(['bellRang 1', 'xpGranted 1']);
  });

  test('of everything that does not want an event is not given it', async () => {
    const bench = await createBench(HearNothing);
    bench.act((tx) => void ring(tx));
    expect(heard).toEqual([]);
  });

  test.each([
    ['several events', HearBoth],
    ['everything', HearAll],
  ])('of %s gets what it failed on again', async (_what, listener) => {
    const bench = await createBench(listener);
    isBroken = true;
    bench.act((tx) => void ring(tx));
    expect(only(bench.world.deliveries.list('pending', 10))).toMatchObject({
      listener: 'ear',
      eventName: 'bellRang',
    });
    isBroken = false;
    bench.clock.advance(10 * SECOND);
    await bench.runDueJobs('retryDelivery');
    expect(heard).toEqual(['bellRang 1']);
    expect(bench.world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
  });
});

test('the file of a listener is one module, whoever imports it and however often it is loaded', async () => {
  const { TellGift } = await import('../../src/listeners/domain/tellGift.ts');
  for (let load = 1; load <= 2; load++) {
    const bench = await createPieceBench();
    expect(bench.listener('tellGift').constructor).toBe(TellGift);
  }
});
