import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/game.ts';
import { createWorldBench, note, type WorldBench } from '../support/world.ts';

function open(
  file = join(temporaryFolder('database'), 'deep', 'down', 'world.sqlite'),
): WorldBench & { file: string } {
  const bench = createWorldBench({ file });
  onTestFinished(() => bench.world.close());
  return { ...bench, file };
}

/** What is in force on the connection that writes. */
function settingsOf(bench: WorldBench): unknown[] {
  return bench.act((tx) =>
    ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].flatMap((pragma) =>
      Object.values(tx.db.get<Record<string, unknown>>(sql.raw(`PRAGMA ${pragma}`))),
    ),
  );
}

const [NORMAL, FULL] = [1, 2];

test('a commit survives the process; one of an operator, who does not wait afterwards, also a power cut', () => {
  const bench = open();
  expect(settingsOf(bench)).toEqual(['wal', NORMAL, 1, 5_000]);
  const operator = createWorldBench({ file: bench.file, lock: false });
  onTestFinished(() => operator.world.close());
  expect(settingsOf(operator)).toEqual(['wal', FULL, 1, 5_000]);
});

test('a new world makes its folder, its tables, an id and a secret', () => {
  const [one, other] = [open(), open()];
  expect(one.world.deliveries.count()).toEqual({ pending: 0, dead: 0 });
  expect(one.world.id).not.toBe(other.world.id);
  expect(one.world.secret).not.toBe(other.world.secret);
});

test('a world that is opened again is the same, with all that is in it', () => {
  const file = join(temporaryFolder('database'), 'world.sqlite');
  const first = createWorldBench({ file });
  first.act((tx) => note(tx, 'kept'));
  const { id, secret } = first.world;
  first.world.close();
  const again = open(file);
  expect(again.notes()).toEqual(['kept']);
  expect(again.world).toMatchObject({ id, secret });
});

test('nothing can be written outside of a transaction: the reader only reads, and only what is committed', () => {
  const bench = open();
  expect(() => bench.world.reader.run(sql`INSERT INTO notes (text) VALUES ('written')`)).toThrow();
  expect(() => bench.world.reader.run(sql`DROP TABLE notes`)).toThrow();
  bench.act((tx) => {
    note(tx, 'not yet');
    expect(bench.notes()).toEqual([]);
  });
  expect(bench.notes()).toEqual(['not yet']);
});

test('an operator who writes beside the bot needs no lock, and both see what the other did', () => {
  const bench = open();
  const operator = createWorldBench({ file: bench.file, lock: false });
  onTestFinished(() => operator.world.close());
  operator.act((tx) => note(tx, 'by the operator'));
  bench.act((tx) => note(tx, 'by the bot'));
  expect(operator.notes()).toEqual(['by the operator', 'by the bot']);
});
