import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { container } from '@sapphire/framework';
import SQLite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, test } from 'vitest';
import { Backups } from '../../src/world/backups.ts';
import { HOUR, temporaryFolder } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { dump } from '../support/traces.ts';
import { createWorldBench, note, type WorldBench } from '../support/world.ts';

const DAY = 24 * HOUR;

interface BackupBench extends WorldBench {
  readonly directory: string;
  backups(keepDays?: number): Backups;
  files(): string[];
}

function createBench(): BackupBench {
  const folder = temporaryFolder('backups');
  const directory = join(folder, 'backups');
  const bench = createWorldBench({ file: join(folder, 'world.sqlite') });
  return {
    ...bench,
    directory,
    backups: (keepDays = 7) => new Backups({ world: bench.world, directory, keepDays }),
    files: () => (existsSync(directory) ? readdirSync(directory).sort() : []),
  };
}

function contentOf(file: string): unknown {
  const database = new SQLite(file, { readonly: true });
  try {
    return dump(drizzle(database));
  } finally {
    database.close();
  }
}

test('a backup is the whole world, and only its owner reads it', async () => {
  const bench = createBench();
  for (let line = 0; line < 50; line++) bench.act((tx) => note(tx, `line ${line}`));
  await bench.backups().run();
  expect(bench.files()).toEqual(['world-2026-11-23.sqlite']);
  const file = join(bench.directory, 'world-2026-11-23.sqlite');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(bench.directory).mode & 0o777).toBe(0o700);
  expect(contentOf(file)).toEqual(dump(bench.world.reader));
});

test('the world goes on while it is copied, and what is in the copy fits together', async () => {
  const bench = createBench();
  // More than is copied at once.
  for (let line = 0; line < 600; line++) bench.act((tx) => note(tx, 'x'.repeat(4_000)));
  const copied = bench.backups().run();
  let written = 0;
  const ended = copied.then(() => written);
  for (; (await Promise.race([ended, nextTurn()])) === undefined; written++)
    bench.act((tx) => note(tx, `meanwhile ${written}`));
  expect(await ended).toBeGreaterThan(1);
  const file = join(bench.directory, 'world-2026-11-23.sqlite');
  const copy = new SQLite(file, { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  copy.close();
});

function nextTurn(): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setImmediate(() => resolve(undefined));
  return promise;
}

test('each is kept for as many days as was said, and no longer', async () => {
  const bench = createBench();
  const backups = bench.backups(3);
  for (let day = 0; day < 5; day++) {
    await backups.run();
    bench.clock.advance(DAY);
  }
  expect(bench.files()).toEqual([25, 26, 27].map((day) => `world-2026-11-${day}.sqlite`));
  // The bot was away.
  bench.clock.advance(30 * DAY);
  backups.prune();
  expect(bench.files()).toEqual([]);
});

test('what was never finished goes; what somebody else put there stays', async () => {
  const bench = createBench();
  mkdirSync(bench.directory, { recursive: true });
  for (const name of ['world-2026-11-20.sqlite.part', 'before-the-move.sqlite'])
    writeFileSync(join(bench.directory, name), '');
  await bench.backups().run();
  expect(bench.files()).toEqual(['before-the-move.sqlite', 'world-2026-11-23.sqlite']);
});

test('none are made where none are wanted, and those that there are go', async () => {
  const bench = createBench();
  await bench.backups().run();
  const none = bench.backups(0);
  bench.act((tx) => none.begin(tx));
  none.prune();
  await none.run();
  bench.act((tx) => none.requestNext(tx));
  expect([bench.files(), bench.requested()]).toEqual([[], []]);
});

test('each asks for the next one, at five in the morning; a start does not put off one that is overdue', async () => {
  const bench = createBench();
  const dueAt = () => bench.world.outbox.find('backUpWorld:world')?.runAt;
  bench.act((tx) => bench.backups().begin(tx));
  const first = Date.UTC(2026, 10, 24, 5);
  expect(dueAt()).toBe(first);
  bench.clock.advance(3 * DAY);
  bench.act((tx) => bench.backups().begin(tx));
  expect(dueAt()).toBe(first);
  bench.act((tx) => bench.backups().requestNext(tx));
  expect(dueAt()).toBe(Date.UTC(2026, 10, 27, 5));
});

test('the job makes one and asks for itself again', async () => {
  const { world } = await createPieceBench();
  const job = container.stores.get('jobs').get('backUpWorld');
  const { signal } = new AbortController();
  await job?.run({} as never, { cause: 'backUpWorld:world#1', signal });
  expect(world.outbox.find('backUpWorld:world')?.runAt).toBe(Date.UTC(2026, 10, 24, 5));
});
