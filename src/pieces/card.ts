import { Piece } from '@sapphire/pieces';
import type { APIEmbed } from 'discord.js';
import type { Button } from '../discord/components.ts';
import type { Translate } from '../discord/translate.ts';
import type {
  AnnouncementKind,
  AnnouncementOf,
  Audience,
} from '../game/announcements/announcements.table.ts';

/** How one announcement looks: ten of them fit into one message, so each is kept short. */
export interface CardView {
  readonly embed: APIEmbed;
  /** Two at most, so that those of ten cards fit into one message. */
  readonly buttons?: readonly Button[];
}

/**
 * How one kind of announcement is shown, found in `src/cards`; its name is the kind. The words come in the language of
 * whom it is for: a player's own for what concerns them, the server's for what is told to all.
 */
export abstract class Card<Kind extends AnnouncementKind> extends Piece<Piece.Options, 'cards'> {
  /** Whom it is for. */
  abstract readonly audience: Audience;

  /** Makes the card. */
  abstract render(t: Translate, announcement: AnnouncementOf<Kind>): CardView;

  /**
   * Says it in one line, where there is much to tell at once; lines of it are put together. Where the card's description
   * begins with it, the two can be parted: the line for the notification on a phone, the card for the rest.
   */
  abstract line(t: Translate, announcement: AnnouncementOf<Kind>): string;

  /** How much it is worth to be shown where only the best is: the more, the sooner. */
  worth(_announcement: AnnouncementOf<Kind>): number {
    return 0;
  }
}

export declare namespace Card {
  type LoaderContext = Piece.LoaderContext<'cards'>;
}
