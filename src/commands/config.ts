import { Subcommand } from '@sapphire/plugin-subcommands';
import {
  ChannelType,
  channelMention,
  type GuildTextBasedChannel,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import type { NamedPermission } from '../discord/in-words.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { engagementText } from '../discord/views/engagement.ts';
import { refuse } from '../game/refusal.ts';
import { announcementChannel } from '../game/settings/definitions.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    needsBot: Record<string, never>;
    missingChannelPermissions: {
      channelId: string;
      count: number;
      permissions: readonly NamedPermission[];
    };
  }
}

/** What the bot needs in a channel to announce there. */
const NEEDED: readonly NamedPermission[] = ['ViewChannel', 'SendMessages', 'EmbedLinks'];

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
      // Discord hides the command from others; that is asked again here, since servers can override it.
      requiredUserPermissions: [PermissionFlagsBits.ManageGuild],
      subcommands: [
        { name: 'announcements', chatInputRun: 'announcements' },
        { name: 'engagement', chatInputRun: 'engagement' },
      ],
    });
  }

  override registerApplicationCommands(registry: Subcommand.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/config:')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addSubcommand(announcementsOptions)
        .addSubcommand(engagementOptions),
    );
  }

  async announcements(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inCachedGuild()) refuse('needsBot', {});
    const channel = interaction.options.getChannel('channel', false, [
      ChannelType.GuildText,
      ChannelType.GuildAnnouncement,
    ]);
    const off = interaction.options.getBoolean('off') ?? false;
    if (off) this.#choose(interaction, null);
    else if (channel) this.#choose(interaction, requirePermissions(channel));

    const { world, game } = this.container;
    const channelId = game.settings.get(world.reader, interaction.guildId, announcementChannel);
    const t = translatorOf(interaction);
    const content =
      channelId === null
        ? t('config:announcements.off')
        : t('config:announcements.on', { channel: channelMention(channelId) });
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  async engagement(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const { options } = interaction;
    const admin = holderOf(interaction);
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

  #choose(interaction: Subcommand.ChatInputCommandInteraction<'cached'>, channelId: string | null): void {
    const { world, game } = this.container;
    world.transact(causeOf(interaction), (tx) =>
      game.settings.set(tx, interaction.guildId, interaction.user.id, announcementChannel, channelId),
    );
  }
}

function announcementsOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/config:announcements.')
    .addChannelOption((option) =>
      localize(option, 'commands/config:announcements.channel.').addChannelTypes(
        ChannelType.GuildText,
        ChannelType.GuildAnnouncement,
      ),
    )
    .addBooleanOption((option) => localize(option, 'commands/config:announcements.off.'));
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

function requirePermissions(channel: GuildTextBasedChannel): string {
  const me = channel.guild.members.me;
  const granted = me ? channel.permissionsFor(me) : null;
  const permissions = granted ? NEEDED.filter((permission) => !granted.has(permission)) : [];
  if (permissions.length > 0)
    refuse('missingChannelPermissions', { channelId: channel.id, count: permissions.length, permissions });
  return channel.id;
}
