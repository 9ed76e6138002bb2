import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customId, parseCustomId } from '../../src/discord/custom-id.ts';
import { LONGEST_SEARCH } from '../../src/discord/inventory-list.ts';
import { pageButtons, pageOf, typedFact } from '../../src/discord/paging.ts';
import { plainText } from '../../src/discord/plain-text.ts';

const NOBODY = '100000000000000001';
const keys = (key: string) => key;

describe('a page', () => {
  test('is cut so that all pages together are the whole list', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (entries, size) => {
        const { count } = pageOf(entries, 0, size);
        const pages = Array.from({ length: count }, (_, number) => pageOf(entries, number, size).entries);
        expect(pages.flat()).toEqual(entries);
        expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(size);
      }),
    );
  });

  test('that is no longer there is the last one instead', () => {
    expect(pageOf([1, 2, 3], 7, 2)).toEqual({ entries: [3], number: 1, count: 2 });
    expect(pageOf([], 3, 2)).toEqual({ entries: [], number: 0, count: 1 });
  });
});

describe('the buttons of a page', () => {
  test('are not there for a single one', () => {
    expect(pageButtons(keys, { number: 0, count: 1 }, 'somePage', NOBODY)).toEqual([]);
  });

  test('lead on and back, and nowhere beyond the first and the last', () => {
    const [row] = pageButtons(keys, { number: 0, count: 2 }, 'somePage', NOBODY, 'fact');
    expect(row?.components.map(({ disabled, custom_id: id }) => [disabled, id])).toEqual([
      [true, `somePage:-1:${NOBODY}:fact`],
      [true, `somePage:0:${NOBODY}:fact`],
      [false, `somePage:1:${NOBODY}:fact`],
    ]);
  });
});

describe('a search that was typed', () => {
  test('fits into a custom id beside the longest of everything else, and comes out of it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (typed) => {
        const search = typedFact(typed, LONGEST_SEARCH);
        expect(search.isWellFormed()).toBe(true);
        const facts = ['9999', '9'.repeat(19), 'category', 'masterpiece', 'legendary', search];
        expect(parseCustomId(customId('inventoryPage', ...facts)).facts).toEqual(facts);
      }),
    );
  });
});

describe('what somebody wrote', () => {
  test('is shown as it stands and mentions nobody', () => {
    expect(plainText('*bold* _it_ `code` ~~no~~ ||secret||')).toBe(
      '\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~ \\|\\|secret\\|\\|',
    );
    expect(plainText('@everyone')).not.toContain('@everyone');
    expect(plainText('<@1> <@&2> <#3> <:a:4>')).not.toMatch(/(?<!\\)<|@\d|@&/);
    expect(plainText('[here](https://example.org)')).toBe('\\[here\\](https\\://example.org)');
    expect(plainText('Oak Log, 2 × Öl!')).toBe('Oak Log, 2 × Öl!');
  });

  test('cannot undo that with a backslash of its own', () => {
    expect(plainText('\\*')).toBe('\\\\\\*');
  });
});
