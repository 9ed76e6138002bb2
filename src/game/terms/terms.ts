import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { GameConfig } from '../../config/schema.ts';
import type { Settings } from '../settings/settings.ts';
import { factorAt } from '../settings/types/factor.ts';
import { craftingSpeed, xpFactor } from './settings.ts';

export interface TermsServices {
  readonly settings: Settings;
  readonly config: { readonly current: { readonly game: GameConfig } };
}

/** On which terms a server plays: how long things take there and how much XP they bring, at any moment. */
export class Terms {
  readonly #services: TermsServices;

  constructor(services: TermsServices) {
    this.#services = services;
  }

  /** What counts for whatever is begun or earned in a server at a moment. What was begun before keeps what counted then. */
  at(db: BetterSQLite3Database, guildId: string, moment: number): TermsInForce {
    const { settings, config } = this.#services;
    const ofServer = factorAt(settings.get(db, guildId, craftingSpeed), moment);
    return new TermsInForce({
      speed: config.current.game.speed * ofServer,
      xpFactor: factorAt(settings.get(db, guildId, xpFactor), moment),
    });
  }
}

/** The terms of one server at one moment. */
export class TermsInForce {
  readonly speed: number;
  readonly xpFactor: number;

  constructor({ speed, xpFactor }: Pick<TermsInForce, 'speed' | 'xpFactor'>) {
    this.speed = speed;
    this.xpFactor = xpFactor;
  }

  /** How long something takes that usually takes so long, both in milliseconds; never less than one. */
  duration(usual: number): number {
    return Math.ceil(usual / this.speed);
  }

  /**
   * How much XP is earned at once by what usually brings so much: the nearest whole number, a half counts as one; and
   * never nothing where there is usually something.
   */
  xp(usual: number): number {
    return usual === 0 ? 0 : Math.max(1, Math.round(usual * this.xpFactor));
  }
}
