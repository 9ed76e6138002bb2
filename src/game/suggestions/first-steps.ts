import { and, eq } from 'drizzle-orm';
import { trips } from '../gathering/trips.table.ts';
import type { Situation } from './suggestions.ts';

/** From this level on nobody is a newcomer any more, whatever they have not tried yet. */
const NO_NEWCOMER = 3;

/** One of the first things to do here. The words for it are in `help.json`. */
export interface FirstStep {
  readonly kind: 'gift' | 'craft' | 'trip';
  readonly done: boolean;
}

/** What a newcomer has done and not done of the first things to do; nothing for who isn't one any more. */
export function firstSteps(situation: Situation): FirstStep[] {
  const { game, db, holder } = situation;
  if (game.progression.progress(db, holder).level >= NO_NEWCOMER) return [];
  const steps: FirstStep[] = [
    { kind: 'gift', done: game.daily.streak(db, holder) !== undefined },
    { kind: 'craft', done: hasCrafted(situation) },
    { kind: 'trip', done: hasSetOut(situation) },
  ];
  return steps.every(({ done }) => done) ? [] : steps;
}

function hasCrafted({ game, db, holder, now }: Situation): boolean {
  const { active, waiting } = game.crafting.workbench(db, holder, now);
  return active.length + waiting.length + game.crafting.recentCrafts(db, holder, 1).length > 0;
}

function hasSetOut({ db, holder }: Situation): boolean {
  const { guildId, userId } = holder;
  return (
    db
      .select({ id: trips.id })
      .from(trips)
      .where(and(eq(trips.guildId, guildId), eq(trips.userId, userId)))
      .limit(1)
      .get() !== undefined
  );
}
