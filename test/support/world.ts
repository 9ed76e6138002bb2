import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { createEventBus, type EventBus } from '../../src/events/bus.ts';
import { type DomainEventName, defineEvent, type EventOf } from '../../src/events/define-event.ts';
import type { Dispatch, DomainEvent, EventDefinition } from '../../src/world/event.ts';
import { events } from '../../src/world/events.table.ts';
import type { Tx } from '../../src/world/transaction.ts';
import type { WorldObserver } from '../../src/world/watch.ts';
import { World } from '../../src/world/world.ts';
import { FakeClock } from './game.ts';

export const GUILD = '900000000000000001';

/** An event that is kept. */
export const bellRang = defineEvent({
  name: 'bellRang',
  version: 1,
  schema: z.object({ strokes: z.int() }),
});

/** An event that is not kept. */
export const dustFell = defineEvent({
  name: 'dustFell',
  version: 1,
  kept: false,
  schema: z.object({ grains: z.int() }),
});

declare module '../../src/events/define-event.ts' {
  interface DomainEvents {
    bellRang: EventOf<typeof bellRang>;
    dustFell: EventOf<typeof dustFell>;
  }
}

/** A world with a table of notes for tests to write in, and no game. */
export interface WorldBench {
  readonly world: World;
  readonly clock: FakeClock;
  readonly bus: EventBus;
  /** Runs one action. */
  act<Result>(body: (tx: Tx) => Result, cause?: string): Result;
  /** Lets a listener hear of an event, the way a piece does. */
  listen<Definition extends EventDefinition>(
    definition: Definition,
    listener: string,
    handle: (event: EventOf<Definition>, tx: Tx) => void,
  ): void;
  /** What was noted, in order. */
  notes(): string[];
  /** The events in the log, in order. */
  log(): DomainEvent[];
  /** The keys of the jobs that are waited for, in the order of their requests. */
  requested(): string[];
}

/** Makes one, in memory unless a file is given. */
export function createWorldBench(
  options: { readonly file?: string; readonly lock?: boolean; readonly observer?: WorldObserver } = {},
): WorldBench {
  const clock = new FakeClock();
  const bus = createEventBus();
  const { file = ':memory:', lock = true, observer } = options;
  const world = new World({ file, lock, clock, dispatcher: bus, observer });
  let actions = 0;
  const bench: WorldBench = {
    world,
    clock,
    bus,
    act: (body, cause = `action ${++actions}`) => world.transact({ cause }, body),
    listen: (definition, listener, handle) =>
      bus.emitter.on(definition.name as DomainEventName, (dispatch) =>
        // What is dispatched under a definition's name is its event.
        (dispatch as unknown as Dispatch<EventOf<typeof definition>>).deliver(listener, handle),
      ),
    notes: () =>
      world.reader.all<{ text: string }>(sql`SELECT text FROM notes ORDER BY rowid`).map(({ text }) => text),
    log: () => {
      const rows = world.reader.select().from(events).orderBy(events.sequence).all();
      return rows.map(({ sequence: _, ...event }) => event);
    },
    requested: () => world.outbox.page(0, 1_000).map(({ key }) => key),
  };
  bench.act((tx) => tx.db.run(sql`CREATE TABLE IF NOT EXISTS notes (text TEXT NOT NULL)`));
  return bench;
}

/** Writes something that a test can look for. */
export function note(tx: Tx, text: string): void {
  tx.db.run(sql`INSERT INTO notes (text) VALUES (${text})`);
}

/** Rings the bell. */
export function ring(tx: Tx, strokes = 1): DomainEvent {
  return tx.publish(bellRang, { guildId: GUILD, data: { strokes } });
}

/** Lets dust fall. */
export function letDustFall(tx: Tx, grains = 1): DomainEvent {
  return tx.publish(dustFell, { guildId: GUILD, data: { grains } });
}

/** The one element that there is. */
export function only<Element>(elements: readonly Element[]): Element {
  const [first, ...more] = elements;
  if (first === undefined || more.length > 0) throw new Error(`There are ${elements.length}, not one.`);
  return first;
}
