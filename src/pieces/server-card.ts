import type { Translate } from '../discord/translate.ts';
import type { AnnouncementKind } from '../game/announcements/announcements.table.ts';
import { Card } from './card.ts';

/** A card for everybody in a server. Where there are many of them, they are put together under a heading. */
export abstract class ServerCard<Kind extends AnnouncementKind> extends Card<Kind> {
  override readonly audience = 'server';

  /**
   * What so many of them have in common, with their number: the last number in it.
   *
   * @param who those whom they are about: two by name, the others by their number
   * @param count how many they are, 2 at least
   */
  abstract heading(t: Translate, who: string, count: number): string;
}

export declare namespace ServerCard {
  type LoaderContext = Card.LoaderContext;
}
