import { gzipSync } from 'node:zlib';
import { Subcommand } from '@sapphire/plugin-subcommands';
import { AttachmentBuilder, InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { localize } from '../discord/localize.ts';
import { personalFile } from '../discord/personal-file.ts';
import { translatorOf } from '../discord/translate.ts';
import { LARGEST_FILE } from '../discord/upload.ts';
import { forgettingQuestionView } from '../discord/views/privacy.ts';
import { personalData } from '../game/privacy/personal-data.ts';
import { refuse } from '../game/refusal.ts';
import { findTraces } from '../world/traces.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    tooMuchStored: Record<string, never>;
  }
}

/** Gives people everything that is stored about them, and deletes it when they want that. */
export class PrivacyCommand extends Subcommand {
  constructor(context: Subcommand.LoaderContext) {
    super(context, {
      subcommands: [
        { name: 'export', chatInputRun: 'export' },
        { name: 'delete', chatInputRun: 'delete' },
      ],
    });
  }

  override registerApplicationCommands(registry: Subcommand.Registry): void {
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/privacy:')
        .setContexts(InteractionContextType.Guild)
        .addSubcommand((subcommand) => localize(subcommand, 'commands/privacy:export.'))
        .addSubcommand((subcommand) => localize(subcommand, 'commands/privacy:delete.')),
    );
  }

  async export(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const { userId } = holderOf(interaction);
    const mark = world.markOf(userId);
    world.transact(causeOf(interaction), (tx) => game.privacy.admit(tx, mark, 'export'));
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    using snapshot = world.snapshot();
    const servers = await personalData(snapshot.db, userId);
    if (servers.length === 0) refuse('nothingStored', {});
    const t = translatorOf(interaction);
    const file = personalFile(t, userId, servers, world.clock.now());
    await interaction.editReply({ content: t('privacy:export.done'), files: [attachment(file)] });
  }

  async delete(interaction: Subcommand.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    const cause = causeOf(interaction);
    const mark = world.markOf(holder.userId);
    world.transact(cause, (tx) => game.privacy.admit(tx, mark, 'delete'));
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const traces = await findTraces(world, holder.userId);
    const question = world.transact({ cause: `${cause.cause}/ask` }, (tx) =>
      game.privacy.ask(tx, holder, traces),
    );
    await interaction.editReply(forgettingQuestionView(translatorOf(interaction), question));
  }
}

/** @throws Refusal tooMuchStored where even packed it is more than Discord takes */
function attachment(file: Buffer): AttachmentBuilder {
  const name = 'forgeling-privacy.json';
  if (file.length <= LARGEST_FILE) return new AttachmentBuilder(file, { name });
  const packed = gzipSync(file);
  if (packed.length > LARGEST_FILE) refuse('tooMuchStored', {});
  return new AttachmentBuilder(packed, { name: `${name}.gz` });
}
