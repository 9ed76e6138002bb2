import { assetAmount } from '../discord/assets.ts';
import { personName } from '../discord/person.ts';
import { plainText } from '../discord/plain-text.ts';
import type { Translate } from '../discord/translate.ts';
import type { AnnouncementOf } from '../game/announcements/announcements.table.ts';
import { Card, type CardView } from '../pieces/card.ts';
import type { Asset } from '../world/ledger.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    adjustment: {
      readonly asset: Asset;
      /** Less than 0 where it was taken. */
      readonly change: number;
      readonly reason: string;
      readonly adminId: string;
      readonly isUndo: boolean;
    };
  }
}

/** The blue of a seal. */
const COLOUR = 0x5b7db1;

/** Somebody who runs the server gave a player something, took it, or undid that. */
export class AdjustmentCard extends Card<'adjustment'> {
  override readonly audience = 'player';

  override render(t: Translate, announcement: AnnouncementOf<'adjustment'>): CardView {
    const reason = plainText(announcement.subject.reason);
    return {
      embed: {
        color: COLOUR,
        description: `${this.line(t, announcement)}\n${t('admin:told.reason', { reason })}`,
        timestamp: new Date(announcement.occurredAt).toISOString(),
      },
    };
  }

  override line(t: Translate, { userId, subject }: AnnouncementOf<'adjustment'>): string {
    const { asset, change, adminId, isUndo } = subject;
    const facts = {
      player: personName(t, userId),
      admin: personName(t, adminId),
      amount: assetAmount(t, asset, Math.abs(change)),
    };
    if (isUndo) return t(change > 0 ? 'admin:told.givenBack' : 'admin:told.takenBack', facts);
    return t(change > 0 ? 'admin:told.granted' : 'admin:told.taken', facts);
  }
}
