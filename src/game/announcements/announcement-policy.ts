import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Rarity } from '../../events/rarity.ts';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { Achievement } from '../content/schema.ts';
import { refuse } from '../refusal.ts';
import { announcementChannel, announcementRarity, type SettingDefinition } from '../settings/definitions.ts';
import type { Settings } from '../settings/settings.ts';
import type { QuietHours } from './quiet-hours.ts';
import {
  achievementTier,
  announcementBudget,
  announcementSpacing,
  BUDGET,
  LEVELS,
  levelMilestone,
  logChannel,
  quietHours,
  SPACING,
} from './settings.ts';

declare module '../refusal.ts' {
  interface Refusals {
    settingOutOfRange: { readonly least: number; readonly most: number };
    quietHoursIncomplete: { readonly context: 'from' | 'until' | 'both' };
    quietHoursEmpty: Record<string, never>;
  }
}

/** The clock that quiet hours go by where nobody has said which. */
const DEFAULT_TIME_ZONE = 'UTC';

/** How a server wants to be told things. */
export interface AnnouncementRules {
  /** Where things are announced; null: nowhere. */
  readonly channelId: string | null;
  /** From which rarity on a crafted item is announced. */
  readonly rarity: Rarity;
  /** Every how many levels of a player are announced. */
  readonly levels: number;
  /** From which tier on an achievement is announced. */
  readonly tier: Achievement['tier'];
  /** In seconds. */
  readonly spacing: number;
  /** In messages an hour. */
  readonly budget: number;
  readonly quietHours: QuietHours | null;
  /** Where those who run the server are told what goes wrong; null: in the owner's direct messages. */
  readonly logChannelId: string | null;
}

/** What somebody wants of the quiet hours; what is left open stays as it is. */
export type QuietWish = { readonly [Part in keyof QuietHours]?: QuietHours[Part] | undefined };

/** What somebody wants to be otherwise; what is undefined stays as it is. */
export interface AnnouncementWishes {
  readonly channelId?: string | null | undefined;
  readonly rarity?: Rarity | undefined;
  readonly levels?: number | undefined;
  readonly tier?: Achievement['tier'] | undefined;
  readonly spacing?: number | undefined;
  readonly budget?: number | undefined;
  /** Null: none. */
  readonly quietHours?: QuietWish | null | undefined;
  readonly logChannelId?: string | null | undefined;
}

/** What admins have set about announcements. */
export class AnnouncementPolicy {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** What is in force in a server. */
  rules(db: BetterSQLite3Database, guildId: string): AnnouncementRules {
    const get = <Value>(definition: SettingDefinition<Value>) => this.#settings.get(db, guildId, definition);
    return {
      channelId: get(announcementChannel),
      rarity: get(announcementRarity),
      levels: get(levelMilestone),
      tier: get(achievementTier),
      spacing: get(announcementSpacing),
      budget: get(announcementBudget),
      quietHours: get(quietHours),
      logChannelId: get(logChannel),
    };
  }

  /**
   * Changes what an admin wants changed, all of it or nothing.
   *
   * @throws Refusal settingOutOfRange, quietHoursIncomplete, quietHoursEmpty
   */
  change(tx: Tx, { guildId, userId }: Holder, wishes: AnnouncementWishes): void {
    const set = <Value>(definition: SettingDefinition<Value>, value: Value | undefined) => {
      if (value !== undefined) this.#settings.set(tx, guildId, userId, definition, value);
    };
    const before = this.#settings.get(tx.db, guildId, quietHours);
    set(announcementChannel, wishes.channelId);
    set(announcementRarity, wishes.rarity);
    set(levelMilestone, within(LEVELS, wishes.levels));
    set(achievementTier, wishes.tier);
    set(announcementSpacing, within(SPACING, wishes.spacing));
    set(announcementBudget, within(BUDGET, wishes.budget));
    set(quietHours, wishes.quietHours && completed(wishes.quietHours, before));
    set(logChannel, wishes.logChannelId);
  }
}

function within(range: { readonly least: number; readonly most: number }, value: number | undefined) {
  if (value === undefined) return undefined;
  const isPossible = Number.isInteger(value) && value >= range.least && value <= range.most;
  return isPossible ? value : refuse('settingOutOfRange', range);
}

/** Quiet hours as somebody wants them, where they didn't say everything as they were before. */
function completed(wish: QuietWish, before: QuietHours | null): QuietHours {
  const { from = before?.from, until = before?.until } = wish;
  if (from === undefined && until === undefined) return refuse('quietHoursIncomplete', { context: 'both' });
  if (from === undefined) return refuse('quietHoursIncomplete', { context: 'from' });
  if (until === undefined) return refuse('quietHoursIncomplete', { context: 'until' });
  if (from === until) return refuse('quietHoursEmpty', {});
  return { from, until, timeZone: wish.timeZone ?? before?.timeZone ?? DEFAULT_TIME_ZONE };
}
