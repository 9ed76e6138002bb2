import { type APIEmbed, ButtonStyle, channelMention } from 'discord.js';
import { announcementChannel } from '../../game/announcements/settings.ts';
import { serverLanguage } from '../../game/servers/settings.ts';
import { commandMention } from '../command-mention.ts';
import { button, buttonRows, type ComponentRow } from '../components.ts';
import { customId } from '../custom-id.ts';
import { settingLine } from '../settings/value-text.ts';
import type { Translate } from '../translate.ts';
import { type PanelFacts, settingControls } from './settings-panel.ts';

/** The place at which this is shown: see `setting-places.ts`. */
export const SETUP = 'setup';

/** What is asked of whoever sets the bot up for the first time; everything else is good as it comes. */
const ASKED = [announcementChannel, serverLanguage] as const;

const COLOUR = 0xea580c;

/** The first steps of those who run a server: where things are announced, and in which language. */
export function setupView(t: Translate, facts: PanelFacts) {
  const embed: APIEmbed = {
    color: COLOUR,
    title: t('setup:title'),
    description: [
      t('setup:intro'),
      '',
      ...ASKED.map((setting) => settingLine(t, setting, facts.valueFor(setting), facts.now)),
      ...ASKED.flatMap((setting) => facts.notesOn(setting)),
    ].join('\n'),
  };
  const components: ComponentRow[] = [
    ...ASKED.flatMap((setting) => settingControls(t, facts, setting, SETUP)),
    ...buttonRows([
      button(customId('finishSetup'), t('setup:done'), ButtonStyle.Success),
      button(customId('openSettings', 'home'), t('setup:everything')),
    ]),
  ];
  return { embeds: [embed], components };
}

/** What is said at the end of it. @param channelId where things are announced; null: nowhere */
export function setupDoneView(t: Translate, channelId: string | null) {
  const panel = commandMention(t, 'config panel');
  const content =
    channelId === null
      ? t('setup:silent', { panel })
      : t('setup:ready', { panel, channel: channelMention(channelId) });
  return { content, embeds: [], components: [] };
}
