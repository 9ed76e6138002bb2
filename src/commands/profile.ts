import { Command } from '@sapphire/framework';
import { InteractionContextType } from 'discord.js';
import { DEFAULT_LANGUAGE, translator } from '../discord/translate.ts';
import { profileView } from '../discord/views/profile.ts';

/** Shows how far somebody has come. */
export class ProfileCommand extends Command {
  constructor(context: Command.LoaderContext) {
    super(context, { description: 'See your level and achievements, or somebody else’s' });
  }

  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      command
        .setName(this.name)
        .setDescription(this.description)
        .setContexts(InteractionContextType.Guild)
        .addUserOption((option) =>
          option.setName('user').setDescription('Whose (yours if you leave it out)'),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    if (!interaction.inGuild()) return;
    const { world, game } = this.container;
    const user = interaction.options.getUser('user') ?? interaction.user;
    const holder = { guildId: interaction.guildId, userId: user.id };
    const view = profileView(translator(DEFAULT_LANGUAGE), {
      name: user.displayName,
      avatarUrl: user.displayAvatarURL(),
      progress: game.progression.progress(world.reader, holder),
      achievements: game.achievements.progress(world.reader, holder),
      atWork: game.crafting.activeCrafts(world.reader, holder).length,
    });
    await interaction.reply(view);
  }
}
