import { Store } from '@sapphire/pieces';
import type { AnnouncementKind, Audience } from '../game/announcements/announcements.table.ts';
import { Card } from './card.ts';

declare module '@sapphire/pieces' {
  interface StoreRegistryEntries {
    cards: CardStore;
  }
}

/** Finds the cards in `src/cards`. */
export class CardStore extends Store<Card<AnnouncementKind>, 'cards'> {
  constructor() {
    // The store only asks `instanceof`; that the class is abstract doesn't matter to it.
    super(Card as unknown as ConstructorParameters<typeof Store<Card<AnnouncementKind>, 'cards'>>[0], {
      name: 'cards',
    });
  }

  /** The kinds of announcements for an audience, in the same order at each start. */
  kindsFor(audience: Audience): AnnouncementKind[] {
    return [...this.values()]
      .filter((card) => card.audience === audience)
      .map(({ name }) => name as AnnouncementKind)
      .sort();
  }
}
