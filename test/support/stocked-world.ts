import { join } from 'node:path';
import { catalogWith } from './content.ts';
import { createGameBench } from './game.ts';
import type { Stage } from './stage.ts';

/** Gives somebody everything there is before the bot is started, so many of each. */
export function stockWorld(stage: Stage, who: { readonly id: string }, quantity: number): string[] {
  const bench = createGameBench({ file: join(stage.folder, 'world.sqlite') });
  const itemIds = [...bench.game.catalog.current.items.keys()];
  const starter = Object.fromEntries(itemIds.map((itemId) => [itemId, quantity]));
  Object.assign(bench.game.catalog, { current: catalogWith({ starter }) });
  bench.act((tx) => bench.game.players.ensure(tx, { guildId: stage.guild.id, userId: who.id }));
  bench.world.close();
  return itemIds;
}
