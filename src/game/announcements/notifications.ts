import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Holder } from '../../world/ledger.ts';
import type { Tx } from '../../world/transaction.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { AnnouncementKind } from './announcements.table.ts';
import type { Outlets } from './outlets.ts';
import { notificationWay, type Way, wayFor } from './ways.ts';

/** How a player is notified of one kind of thing. */
export interface ChosenWay {
  readonly kind: AnnouncementKind;
  readonly way: Way;
  /** Whether it is also the way for who chooses nothing. */
  readonly isDefault: boolean;
}

export interface NotificationServices {
  readonly preferences: Preferences;
  readonly outlets: Outlets;
}

/** How players want to be notified, of each kind of thing and in each server anew. */
export class Notifications {
  readonly #services: NotificationServices;

  constructor(services: NotificationServices) {
    this.#services = services;
  }

  /** How a player is notified of each of these. */
  ways(db: BetterSQLite3Database, holder: Holder, kinds: readonly AnnouncementKind[]): ChosenWay[] {
    return kinds.map((kind) => {
      const definition = notificationWay(kind);
      const way = wayFor(kind, this.#services.preferences.get(db, holder, definition));
      return { kind, way, isDefault: way === definition.default };
    });
  }

  /** Notifies a player of these in this way from now on, as far as each can be told so. What waits to be told already goes the way it was to go. */
  choose(tx: Tx, holder: Holder, kinds: readonly AnnouncementKind[], way: Way): void {
    const { preferences, outlets } = this.#services;
    for (const kind of kinds) preferences.set(tx, holder, notificationWay(kind), wayFor(kind, way));
    // Whoever asks for direct messages wants them tried again, also when they had chosen them before.
    if (way === 'direct') outlets.openDirect(tx, holder.userId);
  }

  /** Whether a player took no direct message when they were sent one last, and has not asked for any since. */
  takesNoDirectMessages(db: BetterSQLite3Database, userId: string): boolean {
    return !this.#services.outlets.takesDirect(db, userId);
  }
}
