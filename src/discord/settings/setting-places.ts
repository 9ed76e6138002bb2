import { container } from '@sapphire/framework';
import type { APIEmbed } from 'discord.js';
import { findSetting, SETTING_AREAS } from '../../game/settings/definitions.ts';
import type { ComponentRow } from '../components.ts';
import type { Translate } from '../translate.ts';
import { areaView, homeView, type PanelFacts, settingView } from '../views/settings-panel.ts';
import { SETUP, setupView } from '../views/setup.ts';
import { requireSetting } from './change-settings.ts';
import { notesOn } from './notes.ts';

/** What is shown at a place. */
export interface PlaceView {
  readonly embeds: APIEmbed[];
  readonly components: ComponentRow[];
}

/**
 * Places of their own. Whatever shows the components of a setting at its place is shown anew when the setting was changed
 * by one of them.
 */
const PLACES: Readonly<Record<string, (t: Translate, facts: PanelFacts) => PlaceView>> = {
  home: homeView,
  [SETUP]: setupView,
};

/** Where the panel begins. */
export const HOME = 'home';

/**
 * What is shown of the settings of a server at a place: one of {@link PLACES}, an area, or a setting, each by its name.
 * Everything in it is in force now.
 *
 * @throws Refusal unknownSetting
 */
export function settingsAt(t: Translate, guildId: string, place: string): PlaceView {
  const facts = panelFacts(t, guildId);
  const ofItsOwn = Object.hasOwn(PLACES, place) ? PLACES[place] : undefined;
  if (ofItsOwn) return ofItsOwn(t, facts);
  const area = SETTING_AREAS.find((each) => each === place);
  return area ? areaView(t, facts, area) : settingView(t, facts, requireSetting(place));
}

/** Whether there is such a place: it comes from a custom id, which may have been made up. */
export function isPlace(place: string): boolean {
  const isArea = SETTING_AREAS.some((area) => area === place);
  return isArea || Object.hasOwn(PLACES, place) || findSetting(place) !== undefined;
}

/** What is known of the settings of a server. */
export function panelFacts(t: Translate, guildId: string): PanelFacts {
  const { world, game, serverDirectory } = container;
  return {
    valueFor: (setting) => game.settings.get(world.reader, guildId, setting),
    notesOn: (setting) => notesOn(t, guildId, setting),
    now: world.clock.now(),
    names: {
      channel: (id) => serverDirectory.channel(guildId, id)?.name,
      role: (id) => serverDirectory.server(guildId)?.roles.cache.get(id)?.name,
    },
  };
}
