import { sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { noteTable } from '../../src/world/table-notes.ts';
import { describeTable, TableFitsNowhere, tables } from '../../src/world/tables.ts';
import { createGameBench } from '../support/game.ts';

test('of every table in the file it is known whose its rows are', () => {
  const { world } = createGameBench();
  const inFile = world.reader
    .all<{ name: string }>(sql`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('sqlite_') && !name.startsWith('__drizzle'));
  expect(tables.map(({ name }) => name).sort()).toEqual(inFile.sort());
});

test('what others refer to comes first', () => {
  for (const [index, { name, refersTo }] of tables.entries()) {
    const before = tables.slice(0, index).map(({ table }) => table);
    expect({ name, known: refersTo.every((table) => before.includes(table)) }).toEqual({ name, known: true });
  }
  expect(tables.flatMap(({ refersTo }) => refersTo)).not.toEqual([]);
});

test('a table that fits nowhere is refused with what is to be done', () => {
  const potions = sqliteTable('potions', { id: text().primaryKey(), power: integer() });
  expect(() => describeTable(potions)).toThrow(TableFitsNowhere);
  expect(() => describeTable(potions)).toThrow(/Whose are the rows of potions\?/);
  noteTable(potions, { scope: 'world' });
  expect(describeTable(potions).ofServer('1')).toBeUndefined();
});

test.each([
  ['17', true],
  ['a17b', true],
  ['{"of":"17"}', true],
  ['170 and 17', true],
  ['217.17', true],
  ['170', false],
  ['217', false],
  ['{"of":1717}', false],
  ['1 7', false],
  ['', false],
])('an id is found where it stands by itself, not within a longer number: %j', (text, isFound) => {
  const { world } = createGameBench();
  const interactions = tables.find(({ name }) => name === 'interactions');
  if (!interactions) throw new Error('There is no such table.');
  world.transact({ cause: 'test' }, (tx) =>
    tx.db.run(sql`INSERT INTO interactions (id, seen_at) VALUES (${text}, 1)`),
  );
  const found = world.reader.select().from(interactions.table).where(interactions.mentioning('17')).all();
  expect(found).toHaveLength(isFound ? 1 : 0);
});
