import { beforeAll, describe, expect, test } from 'vitest';
import { readLanguages } from '../../scripts/language-files.ts';
import { numberField, readNumber } from '../../src/discord/settings/forms/numbers.ts';
import { formOf } from '../../src/discord/settings/forms.ts';
import { optionName } from '../../src/discord/settings/options.ts';
import type { Moment } from '../../src/discord/settings/setting-form.ts';
import { endOf, SPANS } from '../../src/discord/settings/spans.ts';
import { settingValueText } from '../../src/discord/settings/value-text.ts';
import { translator } from '../../src/discord/translate.ts';
import {
  announcementBudget,
  announcementSpacing,
  levelMilestone,
  quietHours,
} from '../../src/game/announcements/settings.ts';
import { ENGAGEMENT_WEIGHTS, ignoredChannels } from '../../src/game/engagement/settings.ts';
import { managerRole } from '../../src/game/servers/settings.ts';
import { everySetting, type SettingDefinition } from '../../src/game/settings/definitions.ts';
import { loadSettings } from '../../src/game/settings/load-settings.ts';
import { xpFactor } from '../../src/game/terms/settings.ts';
import { HOUR, MIRA } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { refusalOf } from '../support/refusal.ts';

const MOMENT: Moment = { now: Date.UTC(2026, 10, 25, 12), timeZone: 'Europe/Berlin' };

beforeAll(async () => void (await createPieceBench()));

/** What a setting is when somebody answers one of its components, or types into its modal. */
function answer(
  setting: SettingDefinition,
  action: string,
  chosen: readonly string[],
  before: unknown = setting.default,
): unknown {
  return formOf(setting).answer(setting, action, chosen)?.(before, MOMENT);
}

describe('every setting', () => {
  test('is found by the bot, in whatever folder it is described', async () => {
    const found = everySetting().map(({ name }) => name);
    await loadSettings();
    expect(everySetting().map(({ name }) => name)).toEqual(found);
    expect(found.length).toBeGreaterThan(15);
  });

  test('has a default that it can have, and no control too many for a message', () => {
    for (const setting of everySetting()) {
      expect(setting.schema.safeParse(setting.default).success, setting.name).toBe(true);
    }
  });

  test('has its words, and no other, in every language', () => {
    const expected = everySetting().flatMap((setting) =>
      ['name', 'description', ...formOf(setting).words].map((word) => `settings:${setting.name}.${word}`),
    );
    for (const texts of readLanguages('data/locales').values()) {
      const stems = [...texts.keys()].filter((key) => key.startsWith('settings:'));
      const words = new Set(stems.map((key) => key.replace(/_(one|other|zero)$/, '')));
      expect([...words].sort()).toEqual(expected.toSorted());
    }
  });

  test('is asked for by options that are called after it', () => {
    const english = readLanguages('data/locales').get('en-US') ?? new Map<string, string>();
    const names = [...english].filter(([key]) => /^commands\/config:\w+\.\w+\.name$/.test(key));
    for (const [key, name] of names) expect(name).toBe(optionName(key.split('.').at(-2) ?? ''));
  });

  test('ignores what no component of it does', () => {
    for (const setting of everySetting())
      expect(formOf(setting).answer(setting, 'explode', [])).toBeUndefined();
  });
});

describe('a number that is typed', () => {
  test.each([
    [announcementSpacing, '60', 60],
    [announcementSpacing, ' 2 ', 2],
    [announcementBudget, '120', 120],
    [ENGAGEMENT_WEIGHTS.message, '1,5', 1.5],
    [ENGAGEMENT_WEIGHTS.message, '0.25', 0.25],
  ])('is taken where it is possible: %#', (setting, typed, value) => {
    expect(answer(setting, 'ask', [typed])).toBe(value);
  });

  test.each([
    [announcementSpacing, '1', { least: 2, most: 3_600, context: 'whole' }],
    [announcementSpacing, '2.5', { least: 2, most: 3_600, context: 'whole' }],
    [announcementSpacing, '3601', { least: 2, most: 3_600, context: 'whole' }],
    [announcementBudget, '0', { least: 1, most: 120, context: 'whole' }],
    [levelMilestone, '101', { least: 1, most: 100, context: 'whole' }],
    [ENGAGEMENT_WEIGHTS.command, '100.1', { least: 0, most: 100, context: 'any' }],
    [xpFactor, '0.2', { least: 0.25, most: 10, context: 'any' }],
  ])('is refused where it is out of bounds: %#', (setting, typed, facts) => {
    expect(refusalOf(() => answer(setting, 'ask', [typed]))).toEqual({ code: 'settingOutOfRange', facts });
  });

  test.each(['', 'many', '-1', '1e3', '1.2.3', '0x10', '1 000', 'Infinity', '9'.repeat(400)])(
    'is refused where it is none: %j',
    (typed) => {
      expect(refusalOf(() => answer(announcementSpacing, 'ask', [typed])).code).toBe('unreadableNumber');
    },
  );

  test('that is left out by a client is none', () => {
    expect(refusalOf(() => answer(announcementSpacing, 'ask', [])).code).toBe('unreadableNumber');
  });
});

describe('a factor', () => {
  test('is changed for good, and a boost goes on', () => {
    const boost = { factor: 3, until: MOMENT.now + HOUR };
    expect(answer(xpFactor, 'ask', ['1.5'], { base: 1, boost })).toEqual({ base: 1.5, boost });
  });

  test('is boosted for a while and ended early', () => {
    const boosted = answer(xpFactor, 'boost-day', ['2'], { base: 1.5, boost: null });
    expect(boosted).toEqual({ base: 1.5, boost: { factor: 2, until: MOMENT.now + 24 * HOUR } });
    expect(answer(xpFactor, 'end', [], boosted)).toEqual({ base: 1.5, boost: null });
  });

  test('is boosted until the week is over by the clock of the server', () => {
    // Monday begins an hour earlier in Berlin than by UTC.
    expect(endOf('sunday', MOMENT)).toBe(Date.UTC(2026, 10, 29, 23));
    for (const span of SPANS) expect(endOf(span, MOMENT)).toBeGreaterThan(MOMENT.now);
  });

  test('is not boosted for as long as nobody offered', () => {
    expect(refusalOf(() => answer(xpFactor, 'boost-eternity', ['2'])).code).toBe('unknownSpan');
  });
});

describe('quiet hours', () => {
  test('are typed as people write them, and go by UTC until somebody says otherwise', () => {
    const night = answer(quietHours, 'ask', ['22', '7.30', '']);
    expect(night).toEqual({ from: 1_320, until: 450, timeZone: 'UTC' });
    expect(answer(quietHours, 'ask', ['23:00', '7:30', 'tokyo'], night)).toEqual({
      from: 1_380,
      until: 450,
      timeZone: 'Asia/Tokyo',
    });
    expect(answer(quietHours, 'off', [], night)).toBeNull();
  });

  test.each([
    [['25', '7', ''], 'unreadableTime'],
    [['22', '', ''], 'unreadableTime'],
    [['22', '22:00', ''], 'quietHoursEmpty'],
    [['22', '7', 'Middle/Earth'], 'unknownTimeZone'],
  ])('that cannot be are refused: %j', (typed, code) => {
    expect(refusalOf(() => answer(quietHours, 'ask', typed)).code).toBe(code);
  });
});

describe('what is picked', () => {
  test('is added to what is there when it is picked, and taken off that', () => {
    const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(18));
    const channels = [one ?? '', two ?? ''];
    expect(answer(ignoredChannels, 'add', [two ?? '', three ?? ''], channels)).toEqual([one, two, three]);
    expect(answer(ignoredChannels, 'remove2', [one ?? '', three ?? ''], channels)).toEqual([two]);
  });

  test('is not the role of everybody, nor one that is not there', () => {
    const admit = (roleId: string) => () => formOf(managerRole).admit?.(MIRA.guildId, roleId);
    expect(refusalOf(admit(MIRA.guildId)).code).toBe('everybodysRole');
    expect(refusalOf(admit('123456789012345678')).code).toBe('unknownRole');
  });
});

test('a value of the past is told as it was, and one that no longer fits as it is stored', () => {
  const t = translator('en-US');
  const boost = { factor: 2, until: MOMENT.now + HOUR };
  const value = { base: 1, boost };
  const end = `<t:${boost.until / 1_000}:R>`;
  expect(settingValueText(t, xpFactor, value, MOMENT.now)).toBe(`×2, ends ${end}, then ×1`);
  expect(settingValueText(t, xpFactor, value, boost.until)).toBe('×1');
  expect(settingValueText(t, announcementSpacing, 'an *hour*')).toBe('"an \\*hour\\*"');
});

test('what stands in the field of a number is read as that number, also in thousands', () => {
  for (const locale of ['en-US', 'de']) {
    const t = translator(locale);
    for (const value of [2, 0.5, 99.999, 3_600]) {
      const field = numberField(t, { least: 0, most: 3_600 }, value);
      expect(field.value.length).toBeLessThanOrEqual(field.longest);
      expect(readNumber(field.value), `${value} in ${locale}`).toBe(value);
    }
  }
});
