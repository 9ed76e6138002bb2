import { isDeepStrictEqual } from 'node:util';
import { container } from '@sapphire/framework';
import type { SlashCommandSubcommandBuilder } from 'discord.js';
import { everySetting } from '../../game/settings/definitions.ts';
import { type Choice, LONGEST_CHOICE } from '../choices.ts';
import { localize } from '../localize.ts';
import type { Translate } from '../translate.ts';

/** The option with which an admin says which setting is to have its default again. */
export function resetOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/config:reset.').addStringOption((option) =>
    localize(option, 'commands/config:reset.setting.')
      .setRequired(true)
      .setAutocomplete(true)
      .setMaxLength(LONGEST_CHOICE),
  );
}

/** Every setting to pick from while typing; those that are set first, since only they can be set back. */
export function settingChoices(t: Translate, guildId: string): Choice[] {
  const { world, game } = container;
  const isSet = new Map(
    everySetting().map((setting) => [
      setting,
      !isDeepStrictEqual(game.settings.get(world.reader, guildId, setting), setting.default),
    ]),
  );
  return [...isSet]
    .toSorted(([, one], [, other]) => Number(other) - Number(one))
    .map(([{ name, emoji }]) => {
      const words = t(`settings:${name}.name`);
      return { name: words, label: `${emoji} ${words}`, value: name };
    });
}
