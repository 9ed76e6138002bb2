import { Subcommand } from '@sapphire/plugin-subcommands';
import {
  type AutocompleteInteraction,
  InteractionContextType,
  MessageFlags,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import { adjust } from '../discord/adjust.ts';
import { adminChoices } from '../discord/admin-choices.ts';
import {
  explainOptions,
  grantOptions,
  logOptions,
  takeOptions,
  undoOptions,
} from '../discord/admin-options.ts';
import { askUndo } from '../discord/ask-undo.ts';
import { typedAsset } from '../discord/assets.ts';
import { respondWithChoices } from '../discord/choices.ts';
import { diagnose } from '../discord/diagnosis.ts';
import { localize } from '../discord/localize.ts';
import { type ForManagers, MANAGER_PERMISSION, managerOf } from '../discord/manager.ts';
import { recipientIn } from '../discord/recipient.ts';
import { sendExport } from '../discord/send-export.ts';
import { showAdminLog } from '../discord/show-admin-log.ts';
import { showExplanation } from '../discord/show-explanation.ts';
import { translatorOf } from '../discord/translate.ts';
import { doctorView } from '../discord/views/doctor.ts';

type Interaction = Subcommand.ChatInputCommandInteraction;

/** What those who run a server look after. */
export class AdminCommand extends Subcommand implements ForManagers {
  readonly isForManagers = true;

  constructor(context: Subcommand.LoaderContext) {
    const names = ['doctor', 'explain', 'export', 'grant', 'log', 'take', 'undo'] as const;
    super(context, { subcommands: names.map((name) => ({ name, chatInputRun: name })) });
  }

  override registerApplicationCommands(registry: Subcommand.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/admin:')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(MANAGER_PERMISSION)
        .addSubcommand(doctorOptions)
        .addSubcommand(explainOptions)
        .addSubcommand((subcommand) => localize(subcommand, 'commands/admin:export.'))
        .addSubcommand(grantOptions)
        .addSubcommand(logOptions)
        .addSubcommand(takeOptions)
        .addSubcommand(undoOptions),
    );
  }

  override async autocompleteRun(interaction: AutocompleteInteraction): Promise<void> {
    await respondWithChoices(interaction, adminChoices(interaction, managerOf(interaction)));
  }

  async doctor(interaction: Interaction): Promise<void> {
    const { guildId } = managerOf(interaction);
    const diagnosis = diagnose(this.container, guildId, interaction.channelId);
    const view = doctorView(translatorOf(interaction), diagnosis);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  async export(interaction: Interaction): Promise<void> {
    const admin = managerOf(interaction);
    await sendExport(interaction, admin);
  }

  async grant(interaction: Interaction): Promise<void> {
    const { adjustments } = this.container.game;
    const admin = managerOf(interaction);
    const view = adjust(interaction, admin, recipientIn(interaction), (tx, wish) =>
      adjustments.grant(tx, admin, wish),
    );
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  async take(interaction: Interaction): Promise<void> {
    const { adjustments } = this.container.game;
    const admin = managerOf(interaction);
    // Also from somebody who has left.
    const { id } = interaction.options.getUser('user', true);
    const view = adjust(interaction, admin, id, (tx, wish) => adjustments.take(tx, admin, wish));
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  async undo(interaction: Interaction): Promise<void> {
    const admin = managerOf(interaction);
    const view = askUndo(interaction, admin, interaction.options.getString('action') ?? undefined);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  async log(interaction: Interaction): Promise<void> {
    const admin = managerOf(interaction);
    const view = showAdminLog(interaction, admin, interaction.options.getUser('user')?.id, 0);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  async explain(interaction: Interaction): Promise<void> {
    const { options } = interaction;
    const admin = managerOf(interaction);
    const typed = options.getString('item');
    const asset = typed === null ? undefined : typedAsset(translatorOf(interaction), typed);
    const view = showExplanation(interaction, admin, options.getUser('user', true).id, asset, 0);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }
}

function doctorOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/admin:doctor.');
}
