import { RARITIES } from '../../events/rarity.ts';
import { ACHIEVEMENT_TIERS } from '../content/schema.ts';
import { defineSetting, type SettingDefinition } from '../settings/definitions.ts';
import { channel } from '../settings/types/channel.ts';
import { choice } from '../settings/types/choice.ts';
import { integer } from '../settings/types/integer.ts';
import { quiet } from '../settings/types/quiet-hours.ts';
import { type Route, route } from '../settings/types/route.ts';
import type { AnnouncementKind } from './announcements.table.ts';

/** The channel that celebrates what is worth celebrating; null: none. */
export const announcementChannel = defineSetting({
  name: 'announcementChannel',
  area: 'announcements',
  option: 'channel',
  emoji: '📣',
  type: channel(),
  default: null,
});

/** Where each kind of announcement goes that can go elsewhere than the others. */
export const ANNOUNCEMENT_ROUTES: { readonly [Kind in AnnouncementKind]?: SettingDefinition<Route> } = {
  rareItem: defineSetting({
    name: 'rareItemRoute',
    area: 'announcements',
    option: 'rareItems',
    emoji: '🌟',
    type: route(),
    default: 'usual',
  }),
  levelMilestone: defineSetting({
    name: 'levelMilestoneRoute',
    area: 'announcements',
    option: 'levelUps',
    emoji: '🆙',
    type: route(),
    default: 'usual',
  }),
  rareAchievement: defineSetting({
    name: 'rareAchievementRoute',
    area: 'announcements',
    option: 'unlocks',
    emoji: '🏆',
    type: route(),
    default: 'usual',
  }),
  serverMilestone: defineSetting({
    name: 'serverMilestoneRoute',
    area: 'announcements',
    option: 'milestones',
    emoji: '🏁',
    type: route(),
    default: 'usual',
  }),
};

/** From which rarity on a crafted item is announced. */
export const announcementRarity = defineSetting({
  name: 'announcementRarity',
  area: 'announcements',
  option: 'rarity',
  emoji: '💎',
  type: choice('rarity', RARITIES),
  default: 'rare',
});

/** Every how many levels of a player are announced. */
export const levelMilestone = defineSetting({
  name: 'levelMilestone',
  area: 'announcements',
  option: 'levels',
  emoji: '🎉',
  type: integer({ least: 1, most: 100 }),
  default: 5,
});

/** From which tier on an achievement is announced. */
export const achievementTier = defineSetting({
  name: 'achievementTier',
  area: 'announcements',
  option: 'achievements',
  emoji: '🏅',
  type: choice('tier', ACHIEVEMENT_TIERS),
  default: 'gold',
});

/**
 * How many seconds lie between two messages to the same channel, at the least. Discord lets a bot send five messages in
 * five seconds to a channel; two seconds stay well below that.
 */
export const announcementSpacing = defineSetting({
  name: 'announcementSpacing',
  area: 'announcements',
  option: 'spacing',
  emoji: '⏱️',
  type: integer({ least: 2, most: 3_600, unit: 'seconds' }),
  default: 5,
});

/** How many messages with announcements a channel gets in an hour, at the most. The rest goes into the next digest. */
export const announcementBudget = defineSetting({
  name: 'announcementBudget',
  area: 'announcements',
  option: 'budget',
  emoji: '📬',
  type: integer({ least: 1, most: 120 }),
  default: 30,
});

/** When nothing is announced; what happens meanwhile is told when they are over. Null: never. */
export const quietHours = defineSetting({
  name: 'quietHours',
  area: 'announcements',
  option: 'quiet',
  emoji: '🌙',
  type: quiet(),
  default: null,
});

/** Where those who run the server are told what they should know; null: by direct message to the owner. */
export const logChannel = defineSetting({
  name: 'logChannel',
  area: 'log',
  option: 'channel',
  emoji: '🗒️',
  type: channel(),
  default: null,
});
