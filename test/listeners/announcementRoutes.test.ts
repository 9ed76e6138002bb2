import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnnouncementSubject } from '../../src/game/announcements/announcements.table.ts';
import { ANNOUNCEMENT_ROUTES, announcementChannel } from '../../src/game/announcements/settings.ts';
import type { Route } from '../../src/game/settings/types/route.ts';
import { MIRA } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { ELSEWHERE, NEWS, OWNER, TellingBench } from '../support/telling.ts';

const KINDS = ['rareItem', 'levelMilestone', 'rareAchievement', 'serverMilestone'] as const;

type Kind = (typeof KINDS)[number];

const SUBJECTS: { readonly [Each in Kind]: AnnouncementSubject<Each> } = {
  rareItem: { kind: 'rareItem', itemId: 'star_compass', quantity: 1, masterworks: 0 },
  levelMilestone: { kind: 'levelMilestone', level: 5 },
  rareAchievement: { kind: 'rareAchievement', achievementId: 'never_cold' },
  serverMilestone: { kind: 'serverMilestone', milestone: 100 },
};

/** A server that announces in a channel, with every piece in place, and the means to choose other ones. */
async function openServer() {
  const telling = new TellingBench(await createPieceBench());
  const { act, game } = telling.bench;
  const { guildId } = MIRA;
  return {
    telling,
    chooseUsual: (channelId: string | null) =>
      act((tx) => game.settings.set(tx, guildId, OWNER, announcementChannel, channelId)),
    route: (kind: Kind, way: Route) => {
      const definition = ANNOUNCEMENT_ROUTES[kind];
      if (definition) act((tx) => game.settings.set(tx, guildId, OWNER, definition, way));
    },
    announce: (...kinds: readonly Kind[]) => {
      for (const kind of kinds) {
        telling.bench.clock.advance(1);
        act((tx) => game.announcements.announce(tx, MIRA, SUBJECTS[kind]));
      }
    },
    /** Where each kind waits to be told. */
    waiting: () =>
      telling
        .rows()
        .filter(({ state }) => state === 'pending')
        .map(({ subject, outletId }) => [subject.kind, outletId]),
  };
}

describe('a kind of announcement', () => {
  test('goes where all go until an admin chooses a channel of its own, or nowhere, for it', async () => {
    const { announce, route, waiting } = await openServer();
    announce('rareItem');
    route('levelMilestone', ELSEWHERE);
    route('serverMilestone', 'off');
    announce(...KINDS);
    expect(waiting()).toEqual([
      ['rareItem', NEWS],
      ['rareItem', NEWS],
      ['levelMilestone', ELSEWHERE],
      ['rareAchievement', NEWS],
    ]);
  });

  test('can have a channel in a server that announces nothing else', async () => {
    const { announce, chooseUsual, route, waiting } = await openServer();
    chooseUsual(null);
    route('rareItem', ELSEWHERE);
    announce(...KINDS);
    expect(waiting()).toEqual([['rareItem', ELSEWHERE]]);
  });

  test('takes along what is to be told already, and leaves the others where they are', async () => {
    const { telling, announce, route, waiting } = await openServer();
    announce('rareItem', 'levelMilestone');
    route('rareItem', ELSEWHERE);
    expect(waiting()).toEqual([
      ['rareItem', ELSEWHERE],
      ['levelMilestone', NEWS],
    ]);
    expect(telling.dueAt(ELSEWHERE)).toBe(telling.bench.clock.now());
    route('rareItem', 'usual');
    route('levelMilestone', 'off');
    expect(waiting()).toEqual([['rareItem', NEWS]]);
    expect(telling.rows().filter(({ state }) => state !== 'pending')).toMatchObject([
      { subject: { kind: 'levelMilestone' }, state: 'undeliverable', reason: 'turnedOff' },
    ]);
  });

  test('is told in its own channel although the usual one is paused', async () => {
    const { telling, announce, route } = await openServer();
    const { act, game } = telling.bench;
    const refused = { problem: 'refused', detail: 'Unknown', isOfConcern: true } as const;
    act((tx) => game.outlets.pause(tx, NEWS, MIRA.guildId, refused));
    route('rareItem', ELSEWHERE);
    announce('rareItem');
    telling.wait(ELSEWHERE);
    expect(telling.told(ELSEWHERE)).toEqual([1]);
  });

  test('whose channel was paused is told there again when that is chosen', async () => {
    const { telling, route } = await openServer();
    const { act, game, world } = telling.bench;
    const refused = { problem: 'refused', detail: 'Unknown', isOfConcern: true } as const;
    act((tx) => game.outlets.pause(tx, ELSEWHERE, MIRA.guildId, refused));
    route('rareItem', ELSEWHERE);
    expect(game.outlets.isOpen(world.reader, ELSEWHERE)).toBe(true);
  });

  test('waits where it is to be told, whatever admins choose and in whatever order', async () => {
    const way = fc.constantFrom<Route>('usual', 'off', NEWS, ELSEWHERE);
    const step = fc.oneof(
      fc.record({ announce: fc.constantFrom(...KINDS) }),
      fc.record({ kind: fc.constantFrom(...KINDS), way }),
      fc.record({ usual: fc.constantFrom(null, NEWS, ELSEWHERE) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { telling, announce, chooseUsual, route, waiting } = await openServer();
        const { game, world } = telling.bench;
        for (const each of steps) {
          if ('announce' in each) announce(each.announce);
          else if ('usual' in each) chooseUsual(each.usual);
          else route(each.kind, each.way);
          for (const [kind, outletId] of waiting()) {
            expect(outletId).toBe(game.announcements.channelFor(world.reader, MIRA.guildId, kind as Kind));
            expect(world.outbox.find(`discordNotify:${outletId}`)).toBeDefined();
          }
        }
        world.close();
      }),
      { numRuns: 10 },
    );
  });
});
