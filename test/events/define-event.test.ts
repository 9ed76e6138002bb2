import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineEvent } from '../../src/events/define-event.ts';

const bellCast = defineEvent({
  name: 'bellCast',
  version: 3,
  schema: z.object({ kilograms: z.int(), metal: z.string() }),
  upgrades: {
    1: (data) => ({ kilograms: (data as { pounds: number }).pounds / 2 }),
    2: (data) => ({ ...(data as object), metal: 'bronze' }),
  },
});

describe('an event that was written', () => {
  test.each([
    [1, { pounds: 40 }],
    [2, { kilograms: 20 }],
    [3, { kilograms: 20, metal: 'bronze' }],
  ])('in version %d is read in the shape of today', (version, data) => {
    expect(bellCast.read(data, version)).toEqual({ kilograms: 20, metal: 'bronze' });
  });

  test.each([
    [
      'in a version from which no way leads here',
      0,
      { stones: 3 },
      'bellCast cannot be read in version 0: no upgrade from 0.',
    ],
    [
      'by a newer bot',
      4,
      { kilograms: 20, metal: 'bronze' },
      'bellCast cannot be read in version 4: this is version 3.',
    ],
  ])('%s is not guessed at', (_what, version, data, complaint) => {
    expect(() => bellCast.read(data, version)).toThrow(complaint);
  });

  test('with something else in it is refused', () => {
    expect(() => bellCast.read({ kilograms: 'twenty', metal: 'bronze' }, 3)).toThrow(/kilograms/);
    expect(() => bellCast.read({ pounds: 41 }, 1)).toThrow(/kilograms/);
  });
});

test('events are kept unless they say otherwise', () => {
  const schema = z.object({});
  expect(defineEvent({ name: 'one', version: 1, schema }).kept).toBe(true);
  expect(defineEvent({ name: 'two', version: 1, schema, kept: false }).kept).toBe(false);
});
