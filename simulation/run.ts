import { DAY } from './clock.ts';
import type { Player } from './player.ts';
import type { Town } from './town.ts';

/** A player, and when they come for the first time in milliseconds UTC. */
export interface Settler {
  readonly player: Player;
  readonly arrives: number;
}

/** Something that happens at a time and says when it happens again. */
interface Appointment {
  at: number;
  readonly keep: () => number | undefined;
}

/**
 * Lets players live in a town for some days: whatever is due next happens next, a job, a turn of a player or a message
 * in the chat.
 *
 * @param everyDay called at the end of each day, with its number from 1 on; what it returns says whether that is enough
 */
export async function live(
  town: Town,
  settlers: readonly Settler[],
  days: number,
  everyDay: (day: number) => boolean,
): Promise<void> {
  const begin = town.clock.now();
  const players = new Map(settlers.map(({ player }) => [player.actor.userId, player]));
  // They would read it in their channel.
  town.onCrafted((userId, recipeId) => players.get(userId)?.noteMade(recipeId));
  const calendar = settlers.flatMap(appointmentsOf);
  for (let day = 1; day <= days; day++) {
    await liveUntil(town, calendar, begin + day * DAY);
    if (everyDay(day)) return;
  }
}

function appointmentsOf({ player, arrives }: Settler): Appointment[] {
  return [
    { at: arrives, keep: () => player.takeTurn() },
    { at: arrives, keep: () => player.chat() },
  ];
}

async function liveUntil(town: Town, calendar: readonly Appointment[], end: number): Promise<void> {
  for (;;) {
    const next = earliest(calendar);
    const job = town.nextJob();
    const jobFirst = job !== undefined && job.at <= (next?.at ?? Number.POSITIVE_INFINITY);
    const at = jobFirst ? job.at : (next?.at ?? Number.POSITIVE_INFINITY);
    if (at >= end) {
      town.clock.jumpTo(end);
      return;
    }
    town.clock.jumpTo(at);
    if (jobFirst) await town.run(job);
    else if (next) next.at = next.keep() ?? Number.POSITIVE_INFINITY;
  }
}

function earliest(calendar: readonly Appointment[]): Appointment | undefined {
  let first: Appointment | undefined;
  for (const each of calendar) if (first === undefined || each.at < first.at) first = each;
  return first;
}
