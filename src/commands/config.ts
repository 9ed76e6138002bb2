import { Subcommand } from '@sapphire/plugin-subcommands';
import {
  type AutocompleteInteraction,
  ChannelType,
  InteractionContextType,
  MessageFlags,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import {
  announcementsOptions,
  announcementWishes,
  chosenChannel,
  logOptions,
} from '../discord/announcement-options.ts';
import { causeOf } from '../discord/cause.ts';
import { respondWithChoices } from '../discord/choices.ts';
import { diagnoseAnnouncements } from '../discord/diagnosis.ts';
import { localize } from '../discord/localize.ts';
import { MANAGER_PERMISSION, managerOf } from '../discord/manager.ts';
import { requireWritable } from '../discord/require-writable.ts';
import { timeZoneChoices } from '../discord/time-zones.ts';
import { translatorOf } from '../discord/translate.ts';
import { announcementsText, logText } from '../discord/views/announcement-rules.ts';
import { engagementText } from '../discord/views/engagement.ts';
import type { AnnouncementRules, AnnouncementWishes } from '../game/announcements/announcement-policy.ts';
import { refuse } from '../game/refusal.ts';
import type { Holder } from '../world/ledger.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    needsBot: Record<string, never>;
  }
}

/** Where people write, or open threads to write in. Media channels have no number in the published API for options. */
const WHERE_PEOPLE_WRITE = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
] as const;

/** What an admin can set for the server. */
export class ConfigCommand extends Subcommand {
  constructor(context: Subcommand.LoaderContext) {
    super(context, {
      subcommands: [
        { name: 'announcements', chatInputRun: 'announcements' },
        { name: 'engagement', chatInputRun: 'engagement' },
        { name: 'log', chatInputRun: 'log' },
      ],
    });
  }

  override registerApplicationCommands(registry: Subcommand.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/config:')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(MANAGER_PERMISSION)
        .addSubcommand(announcementsOptions)
        .addSubcommand(engagementOptions)
        .addSubcommand(logOptions),
    );
  }

  override async autocompleteRun(interaction: AutocompleteInteraction<'cached' | 'raw'>): Promise<void> {
    const { world, game } = this.container;
    const { quietHours } = game.announcementPolicy.rules(world.reader, interaction.guildId);
    const now = world.clock.now();
    await respondWithChoices(interaction, timeZoneChoices(quietHours?.timeZone ?? 'UTC', now));
  }

  async announcements(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const admin = this.#adminWithBot(interaction);
    this.#change(interaction, admin, announcementWishes(interaction));
    const channel = diagnoseAnnouncements(this.container, admin.guildId);
    const content = announcementsText(translatorOf(interaction), this.#rules(admin), channel);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  async log(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const admin = this.#adminWithBot(interaction);
    this.#change(interaction, admin, { logChannelId: chosenChannel(interaction) });
    const content = logText(translatorOf(interaction), this.#rules(admin));
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  async engagement(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const { options } = interaction;
    const admin = managerOf(interaction);
    const enabled = options.getBoolean('enabled');
    const ignored = options.getChannel('ignore');
    const heard = options.getChannel('listen');
    if (enabled !== null || ignored || heard) {
      world.transact(causeOf(interaction), (tx) => {
        if (enabled !== null) game.engagement.enable(tx, admin, enabled);
        if (ignored) game.engagement.ignore(tx, admin, ignored.id);
        if (heard) game.engagement.listen(tx, admin, heard.id);
      });
    }
    const rules = game.engagement.rules(world.reader, admin.guildId);
    const content = engagementText(translatorOf(interaction), rules);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  /** What channels are for is set only where the bot can write in some. */
  #adminWithBot(interaction: Subcommand.ChatInputCommandInteraction): Holder {
    return interaction.inCachedGuild() ? managerOf(interaction) : refuse('needsBot', {});
  }

  #rules({ guildId }: Holder): AnnouncementRules {
    const { world, game } = this.container;
    return game.announcementPolicy.rules(world.reader, guildId);
  }

  #change(
    interaction: Subcommand.ChatInputCommandInteraction,
    admin: Holder,
    wishes: AnnouncementWishes,
  ): void {
    const { world, game } = this.container;
    for (const channelId of [wishes.channelId, wishes.logChannelId]) {
      if (channelId != null) requireWritable(channelId);
    }
    if (Object.values(wishes).every((wish) => wish === undefined)) return;
    world.transact(causeOf(interaction), (tx) => game.announcementPolicy.change(tx, admin, wishes));
  }
}

function engagementOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/config:engagement.')
    .addBooleanOption((option) => localize(option, 'commands/config:engagement.enabled.'))
    .addChannelOption((option) =>
      localize(option, 'commands/config:engagement.ignore.').addChannelTypes(...WHERE_PEOPLE_WRITE),
    )
    .addChannelOption((option) =>
      localize(option, 'commands/config:engagement.listen.').addChannelTypes(...WHERE_PEOPLE_WRITE),
    );
}
