import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import {
  ChannelType,
  type ChatInputCommandInteraction,
  type SlashCommandChannelOption,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import { RARITIES } from '../events/rarity.ts';
import type { AnnouncementWishes, QuietWish } from '../game/announcements/announcement-policy.ts';
import { BUDGET, LEVELS, SPACING } from '../game/announcements/settings.ts';
import { ACHIEVEMENT_TIERS } from '../game/content/schema.ts';
import { LONGEST_CHOICE } from './choices.ts';
import { localize } from './localize.ts';
import { parseTimeOfDay } from './time-of-day.ts';
import { parseTimeZone } from './time-zones.ts';

/** Where the bot can be asked to write by itself. */
const WHERE_TO_TELL = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;

/** Room for every way to write a time. */
const LONGEST_TIME = 10;

/** The options with which an admin says how things are announced. */
export function announcementsOptions(
  subcommand: SlashCommandSubcommandBuilder,
): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/config:announcements.')
    .addChannelOption((option) => whereToTell(localize(option, 'commands/config:announcements.channel.')))
    .addStringOption((option) =>
      localize(option, 'commands/config:announcements.rarity.').addChoices(
        ...RARITIES.map((value) => createLocalizedChoice(`browse:rarity.${value}`, { value })),
      ),
    )
    .addIntegerOption((option) =>
      localize(option, 'commands/config:announcements.levels.')
        .setMinValue(LEVELS.least)
        .setMaxValue(LEVELS.most),
    )
    .addStringOption((option) =>
      localize(option, 'commands/config:announcements.achievements.').addChoices(
        ...ACHIEVEMENT_TIERS.map((value) => createLocalizedChoice(`progress:tier.${value}`, { value })),
      ),
    )
    .addIntegerOption((option) =>
      localize(option, 'commands/config:announcements.spacing.')
        .setMinValue(SPACING.least)
        .setMaxValue(SPACING.most),
    )
    .addIntegerOption((option) =>
      localize(option, 'commands/config:announcements.budget.')
        .setMinValue(BUDGET.least)
        .setMaxValue(BUDGET.most),
    )
    .addStringOption((option) =>
      localize(option, 'commands/config:announcements.quietFrom.').setMaxLength(LONGEST_TIME),
    )
    .addStringOption((option) =>
      localize(option, 'commands/config:announcements.quietUntil.').setMaxLength(LONGEST_TIME),
    )
    .addStringOption((option) =>
      localize(option, 'commands/config:announcements.timeZone.')
        .setAutocomplete(true)
        .setMaxLength(LONGEST_CHOICE),
    )
    .addBooleanOption((option) => localize(option, 'commands/config:announcements.quietOff.'))
    .addBooleanOption((option) => localize(option, 'commands/config:announcements.off.'));
}

/** The options with which an admin says where problems are told. */
export function logOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/config:log.')
    .addChannelOption((option) => whereToTell(localize(option, 'commands/config:log.channel.')))
    .addBooleanOption((option) => localize(option, 'commands/config:log.off.'));
}

/**
 * What an admin wants, from their options: what they left out stays as it is.
 *
 * @throws Refusal unreadableTime, unknownTimeZone
 */
export function announcementWishes({ options }: ChatInputCommandInteraction): AnnouncementWishes {
  const rarity = options.getString('rarity');
  const tier = options.getString('achievements');
  return {
    channelId: chosenChannel({ options }),
    rarity: RARITIES.find((each) => each === rarity),
    levels: options.getInteger('levels') ?? undefined,
    tier: ACHIEVEMENT_TIERS.find((each) => each === tier),
    spacing: options.getInteger('spacing') ?? undefined,
    budget: options.getInteger('budget') ?? undefined,
    quietHours: options.getBoolean('quiet-off') === true ? null : quietWish({ options }),
  };
}

/** The channel that an admin chose; null where they turned it off, undefined where they said nothing of it. */
export function chosenChannel({ options }: Pick<ChatInputCommandInteraction, 'options'>) {
  if (options.getBoolean('off') === true) return null;
  return options.getChannel('channel', false, WHERE_TO_TELL)?.id;
}

function quietWish({ options }: Pick<ChatInputCommandInteraction, 'options'>): QuietWish | undefined {
  const from = options.getString('quiet-from');
  const until = options.getString('quiet-until');
  const timeZone = options.getString('time-zone');
  if (from === null && until === null && timeZone === null) return undefined;
  return {
    from: from === null ? undefined : parseTimeOfDay(from),
    until: until === null ? undefined : parseTimeOfDay(until),
    timeZone: timeZone === null ? undefined : parseTimeZone(timeZone),
  };
}

function whereToTell(option: SlashCommandChannelOption): SlashCommandChannelOption {
  return option.addChannelTypes(...WHERE_TO_TELL);
}
