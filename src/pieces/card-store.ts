import { Store } from '@sapphire/pieces';
import type { AnnouncementKind } from '../game/announcements/announcements.table.ts';
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
}
