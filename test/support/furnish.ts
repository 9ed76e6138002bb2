import { join } from 'node:path';
import { ACTIONS_PER_PAGE } from '../../src/game/admin/admin-log.ts';
import { announcementChannel } from '../../src/game/announcements/settings.ts';
import { toAmounts } from '../../src/game/content/catalog.ts';
import type { Actor } from '../../src/game/players/players.ts';
import { createGameBench, HOUR } from './game.ts';
import type { Stage } from './stage.ts';
import { ALMS, almsGiven } from './town.ts';

/** How many others there are in the server: more than one page of a leaderboard shows. */
const OTHERS = 25;

/**
 * Writes into the world, before the bot is started, that the bot says hello, that the server's owner has some of everything, that a craft and a
 * trip of theirs are long due, that many others play too, that one of these was given more than one page of the record
 * tells, and that the workshop is where rare work is announced.
 */
export function furnish(stage: Stage): void {
  const { world, game, clock, act } = createGameBench({ file: join(stage.folder, 'world.sqlite') });
  clock.advance(Date.now() - clock.now() - 48 * HOUR);
  const guildId = stage.guild.id;
  const owner: Actor = { guildId, userId: stage.odette.id, channelId: stage.workshop.id, locale: 'en-US' };
  act((tx) => game.greetings.greet(tx, owner, owner.channelId));
  act((tx) => {
    game.players.ensure(tx, owner);
    const each = Object.fromEntries([...game.catalog.current.items.keys()].map((id) => [id, 12]));
    const items = toAmounts(each);
    const event = tx.publish(almsGiven, { guildId, userId: owner.userId, data: { items } });
    game.inventory.give(tx, owner, items, event);
  });
  act((tx) => game.crafting.startCraft(tx, { ...owner, recipeId: 'campfire', quantity: 1 }));
  act((tx) => game.gathering.setOut(tx, owner, { placeId: 'whispering_woods', supplies: false }));
  for (let other = 0; other < OTHERS; other++) {
    const userId = String(200_000_000_000_000_000n + BigInt(other));
    act((tx) => game.progression.grantXp(tx, { guildId, userId }, other + 1, ALMS));
  }
  act((tx) => game.settings.set(tx, guildId, owner.userId, announcementChannel, owner.channelId));
  for (let deed = 0; deed <= ACTIONS_PER_PAGE; deed++) {
    const wish = { userId: '200000000000000000', asset: 'xp', amount: 1, reason: 'to begin with' } as const;
    act((tx) => game.adminLog.note(tx, game.adjustments.grant(tx, owner, wish)));
  }
  world.close();
}
