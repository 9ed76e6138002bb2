import { Subcommand } from '@sapphire/plugin-subcommands';
import {
  ChannelType,
  channelMention,
  type GuildTextBasedChannel,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
  type PermissionsString,
} from 'discord.js';
import { causeOf } from '../discord/cause.ts';
import { DEFAULT_LANGUAGE, translator } from '../discord/translate.ts';
import { refuse } from '../game/refusal.ts';
import { announcementChannel } from '../game/settings/definitions.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    needsBot: Record<string, never>;
    missingChannelPermissions: { channelId: string; permissions: readonly PermissionsString[] };
  }
}

/** What the bot needs in a channel to announce there. */
const NEEDED: readonly PermissionsString[] = ['ViewChannel', 'SendMessages', 'EmbedLinks'];

/** What an admin can set for the server. */
export class ConfigCommand extends Subcommand {
  constructor(context: Subcommand.LoaderContext) {
    super(context, {
      description: 'Set Forgeling up for this server',
      // Discord hides the command from others; that is asked again here, since servers can override it.
      requiredUserPermissions: [PermissionFlagsBits.ManageGuild],
      subcommands: [{ name: 'announcements', chatInputRun: 'announcements' }],
    });
  }

  override registerApplicationCommands(registry: Subcommand.Registry): void {
    registry.registerChatInputCommand((command) =>
      command
        .setName(this.name)
        .setDescription(this.description)
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addSubcommand((subcommand) =>
          subcommand
            .setName('announcements')
            .setDescription('Choose where rare work is announced, or see where it is')
            .addChannelOption((option) =>
              option
                .setName('channel')
                .setDescription('The channel to announce in')
                .addChannelTypes(ChannelType.GuildText, ChannelType.GuildAnnouncement),
            )
            .addBooleanOption((option) => option.setName('off').setDescription('Announce nothing')),
        ),
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
    const t = translator(DEFAULT_LANGUAGE);
    const content =
      channelId === null
        ? t('config:announcements.off')
        : t('config:announcements.on', { channel: channelMention(channelId) });
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  #choose(interaction: Subcommand.ChatInputCommandInteraction<'cached'>, channelId: string | null): void {
    const { world, game } = this.container;
    world.transact(causeOf(interaction), (tx) =>
      game.settings.set(tx, interaction.guildId, interaction.user.id, announcementChannel, channelId),
    );
  }
}

function requirePermissions(channel: GuildTextBasedChannel): string {
  const me = channel.guild.members.me;
  const permissions = me ? channel.permissionsFor(me).missing([...NEEDED]) : [];
  if (permissions.length > 0) refuse('missingChannelPermissions', { channelId: channel.id, permissions });
  return channel.id;
}
