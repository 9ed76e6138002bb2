import type { GameConfig } from '../config/schema.ts';
import type { Tx } from '../world/transaction.ts';
import { Achievements } from './achievements/achievements.ts';
import { Adjustments } from './admin/adjustments.ts';
import { AdminLog } from './admin/admin-log.ts';
import { Explanations } from './admin/explanations.ts';
import { SettingReversal } from './admin/setting-reversal.ts';
import { Undoing } from './admin/undoing.ts';
import { Analytics } from './analytics/analytics.ts';
import { Announcements } from './announcements/announcements.ts';
import { ChannelMessages } from './announcements/channel-messages.ts';
import { Notifications } from './announcements/notifications.ts';
import { Outlets } from './announcements/outlets.ts';
import { Pacing } from './announcements/pacing.ts';
import type { CatalogSource } from './content/catalog.ts';
import { Crafting } from './crafting/crafting.ts';
import { Planning } from './crafting/planning.ts';
import { Daily } from './daily/daily.ts';
import { DueWork } from './due-work.ts';
import { Engagement } from './engagement/engagement.ts';
import { EngagementNews } from './engagement/news.ts';
import { Gathering } from './gathering/gathering.ts';
import { Giving } from './giving/giving.ts';
import { Inventory } from './inventory/inventory.ts';
import { Leaderboards } from './leaderboards/leaderboards.ts';
import { Measures } from './measures/measures.ts';
import { Players } from './players/players.ts';
import { Preferences } from './preferences/preferences.ts';
import { Privacy } from './privacy/privacy.ts';
import { Progression } from './progression/progression.ts';
import { Proposals } from './proposals/proposals.ts';
import type { Resumable } from './resumable.ts';
import { Salvage } from './salvage/salvage.ts';
import { Greetings } from './servers/greetings.ts';
import { ServerTotals } from './servers/server-totals.ts';
import { Servers } from './servers/servers.ts';
import { Settings } from './settings/settings.ts';
import { Terms } from './terms/terms.ts';

/** The rules of the game, each service with what it needs. */
export interface Game {
  readonly catalog: CatalogSource;
  readonly players: Players;
  readonly inventory: Inventory;
  readonly progression: Progression;
  readonly crafting: Crafting;
  readonly planning: Planning;
  readonly achievements: Achievements;
  readonly measures: Measures;
  readonly leaderboards: Leaderboards;
  readonly preferences: Preferences;
  readonly analytics: Analytics;
  readonly announcements: Announcements;
  readonly notifications: Notifications;
  readonly channelMessages: ChannelMessages;
  readonly outlets: Outlets;
  readonly pacing: Pacing;
  readonly servers: Servers;
  readonly serverTotals: ServerTotals;
  readonly greetings: Greetings;
  readonly engagement: Engagement;
  readonly engagementNews: EngagementNews;
  readonly settings: Settings;
  readonly terms: Terms;
  readonly proposals: Proposals;
  readonly gathering: Gathering;
  readonly daily: Daily;
  readonly salvage: Salvage;
  readonly giving: Giving;
  readonly dueWork: DueWork;
  readonly privacy: Privacy;
  readonly adjustments: Adjustments;
  readonly adminLog: AdminLog;
  readonly explanations: Explanations;
  readonly undoing: Undoing;
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
  const terms = new Terms({ settings, config });
  const preferences = new Preferences();
  const measures = new Measures(catalog);
  const proposals = new Proposals();
  const servers = new Servers();
  const outlets = new Outlets();
  const pacing = new Pacing(settings);
  const announcements = new Announcements({ settings, preferences, servers, outlets });
  const crafting = new Crafting({ catalog, players, inventory, progression, terms });
  const gathering = new Gathering({ catalog, players, inventory, progression, terms });
  const dueWork = new DueWork([crafting, gathering]);
  const adminLog = new AdminLog();
  const adjustments = new Adjustments({ catalog, players, crafting });
  return {
    catalog,
    players,
    inventory,
    progression,
    settings,
    terms,
    proposals,
    gathering,
    daily: new Daily({ catalog, players, inventory, terms }),
    salvage: new Salvage({ catalog, players, inventory, proposals }),
    giving: new Giving({ catalog, players, inventory, proposals }),
    dueWork,
    privacy: new Privacy({ proposals, dueWork }),
    crafting,
    planning: new Planning({ catalog, inventory, progression, proposals, crafting }),
    achievements: new Achievements(catalog, measures),
    measures,
    leaderboards: new Leaderboards(preferences),
    preferences,
    analytics: new Analytics(),
    announcements,
    notifications: new Notifications({ preferences, outlets }),
    channelMessages: new ChannelMessages({ announcements, outlets, pacing }),
    outlets,
    pacing,
    servers,
    serverTotals: new ServerTotals(),
    greetings: new Greetings({ announcements, config }),
    engagement: new Engagement({ catalog, players, inventory, progression, settings, terms, config }),
    engagementNews: new EngagementNews({ players, preferences, announcements }),
    adjustments,
    adminLog,
    explanations: new Explanations(),
    undoing: new Undoing({
      adminLog,
      proposals,
      kinds: [adjustments, new SettingReversal({ settings, adminLog })],
    }),
  };
}

/**
 * Lets what is made of the event log pick up where it stopped, and begin where it is new. Call at each start, when every
 * piece is loaded and before the first thing happens.
 */
export function beginGame(tx: Tx, game: Game): void {
  game.achievements.begin(tx);
  game.leaderboards.begin(tx);
  game.servers.begin(tx);
}

/** Asks again for everything that is due in a server which has just come into this world. */
export function resumeServer(tx: Tx, game: Game, guildId: string): void {
  for (const part of Object.values(game)) if (isResumable(part)) part.resumeServer(tx, guildId);
}

function isResumable(part: object): part is Resumable {
  return 'resumeServer' in part;
}
