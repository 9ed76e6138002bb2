import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { noteScrubbed, requestScrub } from '../../src/world/scrubbing.ts';
import { MINUTE, temporaryFolder } from '../support/game.ts';
import { createWorldBench, note, type WorldBench } from '../support/world.ts';

const SECRET = 'the combination of the safe';

const folders = new WeakMap<WorldBench, string>();

function createBench(): WorldBench {
  const file = join(temporaryFolder('scrubbing'), 'world.sqlite');
  const bench = createWorldBench({ file });
  folders.set(bench, file);
  return bench;
}

/** The bytes of the world, in the database and in its log. */
function bytes(bench: WorldBench): string {
  const file = folders.get(bench) ?? '';
  return [file, `${file}-wal`].map((each) => readFileSync(each, 'latin1')).join('');
}

/** Writes a secret among much else, and deletes it. */
function forget(bench: WorldBench): void {
  for (let line = 0; line < 500; line++)
    bench.act((tx) => note(tx, `${line % 7 === 0 ? SECRET : 'else'} ${line}`));
  bench.act((tx) => tx.db.run(sql`DELETE FROM notes WHERE text LIKE ${`${SECRET}%`}`));
}

test('what was deleted is not in the file any more', () => {
  const bench = createBench();
  forget(bench);
  expect(bytes(bench)).toContain(SECRET);
  bench.world.scrub();
  expect(bytes(bench)).not.toContain(SECRET);
  expect(bench.notes()).toHaveLength(500 - 72);
  bench.act((tx) => note(tx, 'and it goes on'));
  expect(bench.notes()).toContain('and it goes on');
  bench.world.close();
});

test('while somebody reads an older state it is said that it could not be done, and nobody is waited for', () => {
  const bench = createBench();
  forget(bench);
  const reader = new SQLite(folders.get(bench) ?? '', { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT * FROM notes').all();
  expect(() => bench.world.scrub()).toThrow('Somebody is reading');
  reader.close();
  bench.world.scrub();
  expect(bytes(bench)).not.toContain(SECRET);
  bench.world.close();
});

test('many who are forgotten at once cost one scrub, and scrubs are ten minutes apart', () => {
  const bench = createBench();
  const start = bench.clock.now();
  const dueAt = () => bench.world.outbox.find('scrubWorld:world')?.runAt;
  for (let person = 0; person < 3; person++) bench.act(requestScrub);
  expect([bench.requested(), dueAt()]).toEqual([['scrubWorld:world'], start]);
  bench.act(noteScrubbed);
  bench.world.outbox.settle(bench.world.outbox.find('scrubWorld:world')?.revision ?? 0);
  bench.clock.advance(MINUTE);
  bench.act(requestScrub);
  bench.clock.advance(MINUTE);
  bench.act(requestScrub);
  expect(dueAt()).toBe(start + 10 * MINUTE);
  bench.world.close();
});
