import type { GameConfig } from '../config/schema.ts';
import { Achievements } from './achievements/achievements.ts';
import { Analytics } from './analytics/analytics.ts';
import { Announcements } from './announcements/announcements.ts';
import type { CatalogSource } from './content/catalog.ts';
import { Crafting } from './crafting/crafting.ts';
import { Engagement } from './engagement/engagement.ts';
import { Inventory } from './inventory/inventory.ts';
import { Players } from './players/players.ts';
import { Progression } from './progression/progression.ts';
import { Settings } from './settings/settings.ts';

/** The rules of the game, each service with what it needs. */
export interface Game {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly progression: Progression;
  readonly crafting: Crafting;
  readonly achievements: Achievements;
  readonly analytics: Analytics;
  readonly announcements: Announcements;
  readonly engagement: Engagement;
  readonly settings: Settings;
}

/** Puts the rules of the game together. */
export function createGame(
  catalog: CatalogSource,
  config: { readonly current: { readonly game: GameConfig } },
): Game {
  const players = new Players(catalog);
  const inventory = new Inventory(players, catalog);
  const progression = new Progression();
  const settings = new Settings();
  return {
    catalog,
    players,
    inventory,
    progression,
    settings,
    crafting: new Crafting({ catalog, players, inventory, progression, config }),
    achievements: new Achievements(catalog),
    analytics: new Analytics(),
    announcements: new Announcements(settings),
    engagement: new Engagement({ players, progression, config }),
  };
}
