import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { inject } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { configSchema } from '../../src/config/schema.ts';
import { createEventBus, type EventBus } from '../../src/events/bus.ts';
import type { CatalogSource } from '../../src/game/content/catalog.ts';
import { loadCatalog } from '../../src/game/content/load.ts';
import { createGame, type Game } from '../../src/game/game.ts';
import type { Clock } from '../../src/world/clock.ts';
import type { DomainEvent } from '../../src/world/event.ts';
import { events } from '../../src/world/events.table.ts';
import type { Holder } from '../../src/world/ledger.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { World } from '../../src/world/world.ts';

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #now: number;

  constructor(now = Date.UTC(2026, 10, 23, 12)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  toMachineTime(worldTime: number): number {
    return worldTime;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export const MIRA: Holder = { guildId: '900000000000000001', userId: '100000000000000001' };
export const TOBIN: Holder = { guildId: '900000000000000001', userId: '100000000000000002' };
export const WORKSHOP = '800000000000000001';

/** The rules of the game on a world of their own, with the content that players get; no Discord, no queue. */
export interface GameBench {
  readonly world: World;
  readonly game: Game;
  readonly clock: FakeClock;
  readonly bus: EventBus;
  /** Runs one action. */
  act<Result>(body: (tx: Tx) => Result): Result;
  /** The events that were kept, in order. */
  published(name?: string): DomainEvent[];
}

export interface GameBenchOptions {
  /** Where the world is: in memory unless a file is given. */
  readonly file?: string;
  /** The content; that which players get unless there is another. */
  readonly catalog?: CatalogSource;
}

/** What players get, read once for all tests of a file: nothing changes it. */
const readContent = lazily(() => loadCatalog(join(PROJECT_ROOT, 'data/content')));

function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Makes one. Nothing listens to its events until the test says so. */
export function createGameBench(options: GameBenchOptions = {}): GameBench {
  const clock = new FakeClock();
  const bus = createEventBus();
  const world = new World({ file: options.file ?? ':memory:', clock, dispatcher: bus });
  const catalog = options.catalog ?? { current: readContent() };
  const game = createGame(catalog, { current: configSchema.parse({}) });
  let actions = 0;
  return {
    world,
    game,
    clock,
    bus,
    act: (body) => world.transact({ cause: `action ${++actions}` }, body),
    published: (name) => {
      const query = world.reader.select().from(events);
      const rows = (name ? query.where(eq(events.name, name)) : query).orderBy(asc(events.sequence)).all();
      return rows.map(({ sequence: _, ...event }) => event);
    },
  };
}

/** A new folder, which goes when the run of the tests is over. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(inject('folder'), `${name}-`));
}
