import { ButtonStyle } from 'discord.js';
import { commandMention } from '../discord/command-mention.ts';
import { button } from '../discord/components.ts';
import { customId } from '../discord/custom-id.ts';
import type { Translate } from '../discord/translate.ts';
import { Card, type CardView } from '../pieces/card.ts';

declare module '../game/announcements/announcements.table.ts' {
  interface AnnouncementSubjects {
    greeting: Record<never, never>;
  }
}

/** The orange of a forge that has just been lit. */
const COLOUR = 0xea580c;

/** The bot is new in a server: what it is, and where it is set up. */
export class Greeting extends Card<'greeting'> {
  override readonly audience = 'admins';

  override render(t: Translate): CardView {
    return {
      embed: {
        color: COLOUR,
        title: t('announcements:greeting.title'),
        description: [
          this.line(t),
          t('announcements:greeting.begin', { help: commandMention(t, 'help') }),
          t('announcements:greeting.admins'),
        ].join('\n\n'),
      },
      buttons: [button(customId('setup'), t('announcements:greeting.setup'), ButtonStyle.Primary)],
    };
  }

  override line(t: Translate): string {
    return t('announcements:greeting.who');
  }
}
