import { container } from '@sapphire/framework';
import { type APIEmbed, userMention } from 'discord.js';
import { MessageCreateRequestSchema } from 'discord-api-spec/zod';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkMessage, type MessageBody } from '../../playground/discord/validation/messages.ts';
import { checked } from '../../playground/discord/validation/schema.ts';
import type { buttonRows } from '../../src/discord/components.ts';
import { composeMessage } from '../../src/discord/views/announcements.ts';
import type { Announcement, AnnouncementSubject } from '../../src/game/announcements/announcements.table.ts';
import type { Composed } from '../../src/game/announcements/channel-messages.ts';
import { serverLanguage } from '../../src/game/servers/settings.ts';
import { readDigest } from '../support/digest.ts';
import { MIRA, SECOND } from '../support/game.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { NEWS } from '../support/telling.ts';
import { only } from '../support/world.ts';

const GERMAN_SERVER = '900000000000000003';
const MESSAGE = 'm'.repeat(22);

let bench: PieceBench;

beforeAll(async () => {
  bench = await createPieceBench();
  // As the gateway would make it known; discord.js keeps the way to itself.
  const guilds = container.client.guilds as unknown as { _add(data: object): unknown };
  guilds._add({ id: GERMAN_SERVER, name: 'Zum Amboss', preferred_locale: 'de', channels: [], roles: [] });
});

const person = (number: number) => String(100_000_000_000_000_001n + BigInt(number));

const COMPASS = { kind: 'rareItem', itemId: 'star_compass', quantity: 1, masterworks: 0 } as const;
const CROWN = { ...COMPASS, itemId: 'moonsteel_crown' };
const HEART = { ...COMPASS, itemId: 'heart_of_the_guild' };
const LEVEL = { kind: 'levelMilestone', level: 10 } as const;
const GOLD = { kind: 'rareAchievement', achievementId: 'thousandfold' } as const;
const PLATINUM = { kind: 'rareAchievement', achievementId: 'never_cold' } as const;
const MILESTONE = { kind: 'serverMilestone', milestone: 1_000 } as const;

let announced = 0;

/** Something that was announced, each a second after the one before. */
function announcement(subject: AnnouncementSubject, who = 0, guildId = MIRA.guildId): Announcement {
  announced++;
  return {
    id: `announcement ${announced}`,
    guildId,
    userId: person(who),
    audience: 'server',
    channelId: NEWS,
    outletId: NEWS,
    rung: 0,
    pings: false,
    subject,
    state: 'pending',
    reason: null,
    occurredAt: bench.clock.now() + announced * SECOND,
    endedAt: null,
    messageId: null,
    isCounted: false,
  };
}

interface Body {
  readonly content?: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: ReturnType<typeof buttonRows>;
  readonly allowed_mentions: object;
}

/** What is told of these, after Discord has looked at it. */
function tell(announcements: readonly Announcement[]): Omit<Composed, 'body'> & { readonly body: Body } {
  const { body, ...members } = composeMessage(announcements, MESSAGE);
  checked(MessageCreateRequestSchema, body);
  checkMessage(body as MessageBody);
  return { ...members, body: body as unknown as Body };
}

/** The one embed of a digest, read. */
function digestOf(announcements: readonly Announcement[]) {
  const { body, shown, counted } = tell(announcements);
  const { title, description = '' } = only(body.embeds);
  const [button] = body.components.flatMap(({ components }) => components);
  return { title, description, sections: readDigest(description), button, shown, counted };
}

/** Expects that each is shown by a line or counted, and that the numbers say so. */
function expectToAddUp(announcements: readonly Announcement[]): void {
  const { sections, shown, counted, button } = digestOf(announcements);
  expect(sections.reduce((sum, { count }) => sum + count, 0)).toBe(announcements.length);
  for (const { count, lines, more } of sections) {
    if (lines.length > 0) expect(lines.length + more).toBe(count);
  }
  expect(sections.flatMap(({ lines }) => lines)).toHaveLength(shown.length);
  const ids = announcements.map(({ id }) => id);
  expect([...shown, ...counted].sort()).toEqual(ids.sort());
  expect(button?.label?.replaceAll(/[.,]/g, '')).toContain(String(announcements.length));
  const kinds = new Set(announcements.map(({ subject }) => subject.kind));
  expect(sections).toHaveLength(kinds.size);
}

test('what an admin did is told in their server, and in no other that names it, as an imported file may', () => {
  const admin = { guildId: GERMAN_SERVER, userId: person(1) };
  bench.act((tx) => bench.game.settings.set(tx, GERMAN_SERVER, admin.userId, serverLanguage, 'en-US'));
  const event = bench.act((tx) =>
    bench.game.adjustments.grant(tx, admin, {
      userId: person(2),
      asset: 'item:coal',
      amount: 1,
      reason: 'nobody else’s business',
    }),
  );
  const subject = { kind: 'adminAction', eventId: event.id } as const;
  expect(only(tell([announcement(subject, 1, GERMAN_SERVER)]).body.embeds).description).toContain(
    'nobody else’s business',
  );
  expect(() => tell([announcement(subject, 1)])).toThrow(`There is no action ${event.id}.`);
  bench.act((tx) => bench.game.settings.set(tx, GERMAN_SERVER, admin.userId, serverLanguage, null));
});

test('a server is told things in the language that its admins chose, else in its own', () => {
  const set = (value: string | null) =>
    bench.act((tx) => bench.game.settings.set(tx, GERMAN_SERVER, '1', serverLanguage, value));
  const text = () => only(tell([announcement(LEVEL, 0, GERMAN_SERVER)]).body.embeds).description;
  const german = text();
  set('en-US');
  expect(text()).toContain(' has reached ');
  set(null);
  expect(text()).toBe(german);
  expect(german).toContain(' hat ');
});

describe('one announcement', () => {
  test('is a card with the maker’s name and picture, and what it is about', () => {
    const maker = { guildId: MIRA.guildId, userId: person(0), channelId: NEWS, locale: 'en-US' };
    bench.act((tx) =>
      bench.game.players.ensure(tx, { ...maker, name: 'Mira', avatar: 'https://cdn.example/mira.webp' }),
    );
    const { body, shown, counted } = tell([announcement({ ...COMPASS, quantity: 2, masterworks: 1 })]);
    expect(only(body.embeds)).toMatchObject({
      author: { name: 'Mira', icon_url: 'https://cdn.example/mira.webp' },
      title: 'Rare work: Star Compass',
      description: expect.stringMatching(
        /^<@\d+> has finished 2 × .+ Star Compass\.\n.+\n✨ A masterwork: it came out double\.$/,
      ),
    });
    expect(only(body.components.flatMap(({ components }) => components))).toMatchObject({
      custom_id: 'showItem:star_compass',
      label: 'About Star Compass',
    });
    expect([shown.length, counted.length]).toEqual([1, 0]);
  });

  test.each([
    [LEVEL, 'Level 10', '<@100000000000000008> has reached **level 10**.', 'showLeaderboard:xp:all'],
    [
      GOLD,
      'Gold achievement: A Thousandfold',
      '<@100000000000000008> has earned 🏭 **A Thousandfold** · Gold\n' +
        'What it takes: Craft 1,000 items without running out of shelves.',
      'showLeaderboard:achievements:all',
    ],
    [
      MILESTONE,
      '1,000 items crafted here',
      'With the latest craft of <@100000000000000008>, this server has made 1,000 items.',
      'showLeaderboard:crafts:all',
    ],
  ])('of each kind says what happened: %j', (subject, title, description, button) => {
    const { body } = tell([announcement(subject, 7)]);
    expect(only(body.embeds)).toMatchObject({ title, description });
    // Nothing is known of how somebody looks who has never used a command.
    expect(only(body.embeds).author).toBeUndefined();
    expect(only(body.components.flatMap(({ components }) => components))).toMatchObject({
      custom_id: button,
    });
  });

  test('of an achievement that is no more says what can be said', () => {
    const { body } = tell([announcement({ kind: 'rareAchievement', achievementId: 'forgotten' }, 7)]);
    expect(only(body.embeds).description).toBe('<@100000000000000008> has earned a rare achievement.');
  });
});

test('several are a card each, in the order in which they happened, with each button once', () => {
  const { body, shown, counted } = tell([
    announcement(COMPASS),
    announcement(LEVEL, 1),
    announcement(COMPASS, 2),
    announcement(LEVEL, 3),
    announcement(MILESTONE, 3),
  ]);
  expect(body.embeds.map(({ title }) => title)).toEqual([
    'Rare work: Star Compass',
    'Level 10',
    'Rare work: Star Compass',
    'Level 10',
    '1,000 items crafted here',
  ]);
  expect(body.components.flatMap(({ components }) => components)).toHaveLength(3);
  expect([shown.length, counted]).toEqual([5, []]);
});

describe('many are a digest', () => {
  test('that names two, counts the others and shows the best pieces', () => {
    const rare = Array.from({ length: 15 }, (_, index) => announcement(COMPASS, index + 1));
    const { title, description, shown, counted, button } = digestOf([...rare, announcement(HEART, 0)]);
    expect(title).toBe('Much has happened');
    expect(description.split('\n')).toEqual([
      `**${userMention(person(0))}, ${userMention(person(1))} and 14 others finished 16 rare crafts**`,
      expect.stringMatching(/^• <@100000000000000001> has finished .+ Heart of the Guild\.$/),
      ...[1, 2, 3, 4].map((who) =>
        expect.stringMatching(new RegExp(`^• ${userMention(person(who))} has finished .+ Star Compass\\.$`)),
      ),
      'and 11 more',
    ]);
    expect([shown.length, counted.length]).toEqual([5, 11]);
    expect(button).toMatchObject({
      custom_id: `announcementsPage:0:anybody:${MESSAGE}`,
      label: 'Show all 16',
    });
  });

  test.each([
    [16, 1],
    [16, 2],
    [16, 3],
    [16, 16],
    [1_000, 1],
    [1_000, 2],
    [1_000, 3],
    [1_000, 16],
  ])('of %i things by %i people, of one kind and of all, in which the numbers add up', (count, people) => {
    const who = [
      '<@100000000000000001>',
      '<@100000000000000001> and <@100000000000000002>',
      '<@100000000000000001>, <@100000000000000002> and 1 other',
    ][people - 1];
    const ofOneKind = Array.from({ length: count }, (_, index) => announcement(COMPASS, index % people));
    const [section] = digestOf(ofOneKind).sections;
    expect(section?.heading).toBe(
      `${who ?? '<@100000000000000001>, <@100000000000000002> and 14 others'} finished ${count.toLocaleString('en')} rare crafts`,
    );
    expectToAddUp(ofOneKind);
    const kinds = [COMPASS, LEVEL, GOLD, CROWN, COMPASS, HEART, PLATINUM];
    expectToAddUp(
      Array.from({ length: count }, (_, index) =>
        announcement(kinds[index % kinds.length] ?? COMPASS, index % people),
      ),
    );
  });

  test('that shows the best five of all kinds together, the rarest first', () => {
    const { sections } = digestOf([
      ...Array.from({ length: 20 }, (_, index) => announcement(COMPASS, index)),
      announcement(LEVEL, 30),
      announcement({ ...LEVEL, level: 5 }, 31),
      announcement(GOLD, 32),
      announcement(PLATINUM, 33),
      announcement(CROWN, 34),
      announcement(MILESTONE, 35),
      announcement(HEART, 36),
    ]);
    expect(sections.map(({ heading, lines }) => [heading?.replaceAll(/<@\d+>/g, '@'), lines.length])).toEqual(
      [
        ['@, @ and 20 others finished 22 rare crafts', 2],
        [undefined, 1],
        ['@ and @ earned 2 rare achievements', 2],
        ['@ and @ reached 2 levels to celebrate', 0],
      ],
    );
    const [rare, milestone, achievements] = sections;
    expect(rare?.lines).toEqual([
      expect.stringContaining('Heart of the Guild'),
      expect.stringContaining('Moonsteel Crown'),
    ]);
    expect(milestone?.lines).toEqual([expect.stringContaining('1,000 items')]);
    expect(achievements?.lines).toEqual([
      expect.stringContaining('Platinum'),
      expect.stringContaining('Gold'),
    ]);
  });

  test('that shows what is the only one of its kind, however little it is worth beside the others', () => {
    const { sections, shown } = digestOf([
      ...Array.from({ length: 20 }, (_, index) => announcement(HEART, index)),
      announcement({ ...LEVEL, level: 5 }, 31),
    ]);
    expect(sections.at(-1)).toMatchObject({
      heading: undefined,
      lines: ['<@100000000000000032> has reached **level 5**.'],
    });
    expect(shown).toHaveLength(6);
  });

  test('that shows something of everybody before the second of anybody, where all is worth the same', () => {
    const busy = Array.from({ length: 10 }, () => announcement(COMPASS, 0));
    const others = [1, 2, 3].map((who) => announcement(COMPASS, who));
    const [section] = digestOf([...busy, ...others]).sections;
    expect(section?.lines.map((line) => line.split(' ')[0])).toEqual(
      [0, 1, 2, 3, 0].map((who) => userMention(person(who))),
    );
    const alone = Array.from({ length: 6 }, (_, index) => announcement({ ...COMPASS, quantity: index + 1 }));
    const [mine] = digestOf(alone).sections;
    // What happened first, first.
    expect(mine?.lines.slice(1).map((line) => /(\d) ×/.exec(line)?.[1])).toEqual(['2', '3', '4', '5']);
  });

  test('that shows a masterwork before what is as rare and none, and after what is rarer', () => {
    const plain = Array.from({ length: 6 }, (_, index) => announcement(COMPASS, index));
    const masterwork = announcement({ ...COMPASS, quantity: 2, masterworks: 1 }, 7);
    const [section] = digestOf([...plain, masterwork, announcement(CROWN, 8)]).sections;
    expect(section?.lines.slice(0, 2)).toEqual([
      expect.stringContaining('Moonsteel Crown'),
      expect.stringContaining(userMention(person(7))),
    ]);
  });

  test('in which the numbers add up, whatever happened', () => {
    const happened = fc.record({
      subject: fc.constantFrom(COMPASS, CROWN, HEART, LEVEL, GOLD, PLATINUM, MILESTONE),
      who: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(happened, { minLength: 6, maxLength: 60, size: 'max' }), (all) =>
        expectToAddUp(all.map(({ subject, who }) => announcement(subject, who))),
      ),
    );
  });

  test('in the language of the server', () => {
    const german = (subject: AnnouncementSubject, who: number) => announcement(subject, who, GERMAN_SERVER);
    const all = [
      ...Array.from({ length: 1_000 }, (_, index) => german(COMPASS, index % 16)),
      ...Array.from({ length: 2 }, (_, index) => german(LEVEL, index)),
      ...Array.from({ length: 2 }, (_, index) => german(GOLD, index)),
      ...Array.from({ length: 3 }, (_, index) => german(MILESTONE, index)),
    ];
    const { title, description, button } = digestOf(all);
    expect(title).toBe('Es ist viel geschehen');
    expect(description.replaceAll(/<@\d+>/g, '@').split('\n')).toEqual([
      '**@, @ und 1 weitere Person: 3 Meilensteine für den ganzen Server**',
      ...Array(3).fill('• Mit dem neuesten Auftrag von @ hat dieser Server 1.000 Gegenstände hergestellt.'),
      '',
      '**@ und @: 2 seltene Erfolge freigeschaltet**',
      ...Array(2).fill(expect.stringMatching(/^• @ hat einen Erfolg freigeschaltet: .+ · Gold$/)),
      '',
      '**@, @ und 14 weitere Personen: 1.000 seltene Aufträge fertig**',
      '',
      '**@ und @: 2 Level zum Feiern erreicht**',
    ]);
    expect(button?.label).toBe('Alle 1.007 zeigen');
    expectToAddUp(all);
  });
});

describe('a name that means harm', () => {
  test.each([
    ['mentions everybody', '@everyone', '@everyone'],
    ['is a mention', '<@&900000000000000001>', '<@&900000000000000001>'],
    ['is markdown', '**[free](https://evil.example)**', '**[free](https://evil.example)**'],
    ['turns the direction of writing', 'Mira\u202E\u2067live', 'Miralive'],
    ['breaks the line', 'Mira\n# News', 'Mira# News'],
    ['is as wide as it gets', 'W'.repeat(32), 'W'.repeat(32)],
    ['is no name at all', '\u200F \u202E', undefined],
  ])('%s: it stands nowhere but as the author’s, and pings nobody', (_why, name, shown) => {
    const actor = { ...MIRA, userId: person(40), channelId: NEWS, locale: 'en-US', name };
    bench.act((tx) => bench.game.players.ensure(tx, { ...actor, avatar: 'https://cdn.example/a.webp' }));
    const told = [COMPASS, LEVEL, GOLD, MILESTONE].map((subject) => announcement(subject, 40));
    const { body } = tell(told);
    expect(body.embeds.map(({ author }) => author?.name)).toEqual(told.map(() => shown));
    const withoutAuthors = { ...body, embeds: body.embeds.map((embed) => ({ ...embed, author: undefined })) };
    const digest = tell([...told, ...told].map((each, index) => ({ ...each, id: String(index) }))).body;
    for (const text of [withoutAuthors, digest].map((each) => JSON.stringify(each)))
      expect(text).not.toContain(JSON.stringify(name).slice(1, -1));
    for (const { content, allowed_mentions } of [body, digest])
      expect([content, allowed_mentions]).toEqual([undefined, { parse: [] }]);
  });
});
