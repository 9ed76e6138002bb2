import { Subcommand } from '@sapphire/plugin-subcommands';
import { InteractionContextType, MessageFlags, type SlashCommandSubcommandBuilder } from 'discord.js';
import { diagnose } from '../discord/diagnosis.ts';
import { localize } from '../discord/localize.ts';
import { MANAGER_PERMISSION, managerOf } from '../discord/manager.ts';
import { translatorOf } from '../discord/translate.ts';
import { doctorView } from '../discord/views/doctor.ts';

/** What those who run a server look after. */
export class AdminCommand extends Subcommand {
  constructor(context: Subcommand.LoaderContext) {
    super(context, {
      subcommands: [{ name: 'doctor', chatInputRun: 'doctor' }],
    });
  }

  override registerApplicationCommands(registry: Subcommand.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/admin:')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(MANAGER_PERMISSION)
        .addSubcommand(doctorOptions),
    );
  }

  async doctor(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const { guildId } = managerOf(interaction);
    const diagnosis = diagnose(this.container, guildId, interaction.channelId);
    const view = doctorView(translatorOf(interaction), diagnosis);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}

function doctorOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/admin:doctor.');
}
