import { personName } from '../discord/person.ts';
import { shorten } from '../discord/shorten.ts';
import { placeName, recipeName, type Translate } from '../discord/translate.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    levelUp: { readonly from: number; readonly to: number };
  }
}

/** How long the list of what opens may get: ten cards share the 6,000 characters of a message ("Embed Limits"). */
const LONGEST_LIST = 440;

const COLOUR = 0xfacc15;

/** A player has reached a new level, and what that opens. */
export class LevelUp extends Card<'levelUp'> {
  override readonly audience = 'player';

  override render(t: Translate, announcement: AnnouncementOf<'levelUp'>): CardView {
    const { from, to } = announcement.subject;
    const reached = this.line(t, announcement);
    const opens = shorten(this.#opens(t, from, to).join('\n'), LONGEST_LIST);
    return {
      embed: {
        color: COLOUR,
        description: opens === '' ? reached : `${reached}\n${opens}`,
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
    };
  }

  override line(t: Translate, { userId, subject }: AnnouncementOf<'levelUp'>): string {
    return t('cards:levelUp.reached', { player: personName(t, userId), level: subject.to });
  }

  #opens(t: Translate, from: number, to: number): string[] {
    const { recipes, places, perks } = this.container.game.catalog.current.unlocks(from, to);
    return [
      ...perks.map(({ perk, value }) =>
        t('cards:levelUp.perk', { perk: t(`perks:${perk}`, { count: value }) }),
      ),
      ...(places.length > 0
        ? [t('cards:levelUp.places', named(places.map(({ id }) => placeName(t, id))))]
        : []),
      ...(recipes.length > 0
        ? [t('cards:levelUp.recipes', named(recipes.map(({ id }) => recipeName(t, id))))]
        : []),
    ];
  }
}

function named(names: readonly string[]): { count: number; names: string } {
  return { count: names.length, names: names.join(', ') };
}
