import { Command } from '@sapphire/framework';
import { createLocalizedChoice } from '@sapphire/plugin-i18next';
import { InteractionContextType, MessageFlags } from 'discord.js';
import { holderOf } from '../discord/actor.ts';
import { causeOf } from '../discord/cause.ts';
import { localize } from '../discord/localize.ts';
import { translatorOf } from '../discord/translate.ts';
import { notifyView } from '../discord/views/notify.ts';
import type { AnnouncementKind } from '../game/announcements/announcements.table.ts';
import { WAYS, type Way, wayFor } from '../game/announcements/ways.ts';

/** Every kind of thing at once. */
const EVERYTHING = 'everything';

/** Shows how a player is notified of what concerns them, and lets them choose it. */
export class NotifyCommand extends Command {
  /** Whatever there is a card of; commands are registered when Discord is there, long after the cards were loaded. */
  get #kinds(): AnnouncementKind[] {
    return this.container.stores.get('cards').kindsFor('player');
  }

  override registerApplicationCommands(registry: Command.Registry): void {
    const kinds: readonly string[] = this.#kinds;
    registry.registerChatInputCommand((command) =>
      localize(command, 'commands/notify:')
        .setContexts(InteractionContextType.Guild)
        .addStringOption((option) =>
          localize(option, 'commands/notify:about.').addChoices(
            createLocalizedChoice('notifications:everything', { value: EVERYTHING }),
            ...kinds.map((kind) => createLocalizedChoice(`notifications:kind.${kind}`, { value: kind })),
          ),
        )
        .addStringOption((option) =>
          localize(option, 'commands/notify:how.').addChoices(
            ...WAYS.map((way) => createLocalizedChoice(`notifications:choice.${way}`, { value: way })),
          ),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const { world, game } = this.container;
    const holder = holderOf(interaction);
    game.dueWork.settle(world, holder);
    const { about, how } = this.#asked(interaction);
    const isChoice = about !== undefined && how !== undefined;
    if (isChoice)
      world.transact(causeOf(interaction), (tx) => game.notifications.choose(tx, holder, about, how));
    const view = notifyView(translatorOf(interaction), {
      ways: game.notifications.ways(world.reader, holder, this.#kinds),
      takesNoDirectMessages: game.notifications.takesNoDirectMessages(world.reader, holder.userId),
      isOnlyDirect: isChoice && about.some((kind) => wayFor(kind, how) !== how),
      asked: isChoice ? 'changed' : (about ?? how) === undefined ? 'nothing' : 'half',
    });
    await interaction.reply({ ...view, flags: MessageFlags.Ephemeral });
  }

  /** What is to be changed, as far as it was said. */
  #asked({ options }: Command.ChatInputCommandInteraction): {
    about: readonly AnnouncementKind[] | undefined;
    how: Way | undefined;
  } {
    const about = options.getString('about');
    const kinds = this.#kinds;
    const kind = kinds.find((each) => each === about);
    return {
      about: about === EVERYTHING ? kinds : kind && [kind],
      how: WAYS.find((way) => way === options.getString('how')),
    };
  }
}
