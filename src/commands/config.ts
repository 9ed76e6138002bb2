import { Subcommand } from '@sapphire/plugin-subcommands';
import { type AutocompleteInteraction, InteractionContextType, MessageFlags } from 'discord.js';
import { chosen, respondWithChoices } from '../discord/choices.ts';
import { localize } from '../discord/localize.ts';
import { type ForManagers, MANAGER_PERMISSION } from '../discord/manager.ts';
import { areaOf, areaSubcommand, areaText, changesIn } from '../discord/settings/area-command.ts';
import { changeSettings, requireSetting, settingManagerOf } from '../discord/settings/change-settings.ts';
import { TIME_ZONE } from '../discord/settings/forms/quiet-hours.ts';
import { resetOptions, settingChoices } from '../discord/settings/setting-choices.ts';
import { HOME, settingsAt } from '../discord/settings/setting-places.ts';
import { settingLine } from '../discord/settings/value-text.ts';
import { timeZoneChoices } from '../discord/time-zones.ts';
import { translatorOf } from '../discord/translate.ts';
import { quietHours } from '../game/announcements/settings.ts';
import { SETTING_AREAS } from '../game/settings/definitions.ts';

/** What an admin can set for the server: a subcommand for each area of settings, and the panel. */
export class ConfigCommand extends Subcommand implements ForManagers {
  readonly isForManagers = true;

  constructor(context: Subcommand.LoaderContext) {
    super(context, {
      subcommands: [
        ...SETTING_AREAS.map((name) => ({ name, chatInputRun: 'set' })),
        { name: 'panel', chatInputRun: 'panel' },
        { name: 'reset', chatInputRun: 'reset' },
      ],
    });
  }

  override registerApplicationCommands(registry: Subcommand.Registry): void {
    registry.registerChatInputCommand((command) => {
      localize(command, 'commands/config:')
        .setContexts(InteractionContextType.Guild)
        .setDefaultMemberPermissions(MANAGER_PERMISSION);
      for (const area of SETTING_AREAS) command.addSubcommand(areaSubcommand(area));
      return command
        .addSubcommand((subcommand) => localize(subcommand, 'commands/config:panel.'))
        .addSubcommand(resetOptions);
    });
  }

  override async autocompleteRun(interaction: AutocompleteInteraction<'cached' | 'raw'>): Promise<void> {
    const { world, game } = this.container;
    const { guildId } = settingManagerOf(interaction);
    if (interaction.options.getFocused(true).name !== TIME_ZONE) {
      const choices = settingChoices(translatorOf(interaction), guildId);
      return respondWithChoices(interaction, choices);
    }
    const first = game.settings.get(world.reader, guildId, quietHours)?.timeZone ?? 'UTC';
    return respondWithChoices(interaction, timeZoneChoices(first, world.clock.now()));
  }

  /** Changes the settings of an area as the options say, and shows how it is then. */
  async set(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const { guildId } = settingManagerOf(interaction);
    const area = areaOf(interaction);
    changeSettings(interaction, changesIn(interaction, area));
    const content = areaText(translatorOf(interaction), guildId, area);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  }

  async panel(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const { guildId } = settingManagerOf(interaction);
    const view = settingsAt(translatorOf(interaction), guildId, HOME);
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  /** Lets the default of a setting count again. */
  async reset(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const { guildId } = settingManagerOf(interaction);
    const t = translatorOf(interaction);
    const typed = interaction.options.getString('setting', true);
    const setting = requireSetting(chosen(settingChoices(t, guildId), typed)?.value ?? typed);
    changeSettings(interaction, [{ setting, wish: 'default' }]);
    const line = settingLine(t, setting, game.settings.get(world.reader, guildId, setting));
    await interaction.reply({ content: line, flags: MessageFlags.Ephemeral });
  }
}
