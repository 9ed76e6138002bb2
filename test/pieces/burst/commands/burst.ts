import { Command } from '@sapphire/framework';
import { itemCrafted } from '../../../../src/events/itemCrafted.ts';
import { seededRandom } from '../../../../src/world/random.ts';

/** How many crafts end in one transaction. */
const AT_ONCE = 25;

/** How many people make them. */
const CRAFTERS = 40;

/** Rare work of three kinds. */
const PIECES = [
  { itemId: 'star_compass', rarity: 'rare' },
  { itemId: 'moonsteel_crown', rarity: 'epic' },
  { itemId: 'heart_of_the_guild', rarity: 'legendary' },
] as const;

/**
 * Lets many rare crafts end at once, in all of the bot's servers in turn: as if they had been started there, in the
 * channels that are called like workshops.
 */
export class BurstCommand extends Command {
  override registerApplicationCommands(registry: Command.Registry): void {
    registry.registerChatInputCommand((command) =>
      command
        .setName(this.name)
        .setDescription('Let many rare crafts end at once')
        .addIntegerOption((option) => option.setName('pieces').setDescription('How many').setRequired(true))
        .addStringOption((option) =>
          option.setName('seed').setDescription('What chance they have').setRequired(true),
        ),
    );
  }

  override async chatInputRun(interaction: Command.ChatInputCommandInteraction): Promise<void> {
    const pieces = interaction.options.getInteger('pieces', true);
    const seed = interaction.options.getString('seed', true);
    for (let first = 0; first < pieces; first += AT_ONCE)
      this.#end(seed, first, Math.min(first + AT_ONCE, pieces));
    await interaction.reply(`${pieces}`);
  }

  #end(seed: string, first: number, last: number): void {
    const { world, client } = this.container;
    const guilds = [...client.guilds.cache.values()];
    const random = seededRandom(`${seed}/${first}`);
    world.transact({ cause: `burst:${seed}:${first}` }, (tx) => {
      for (let index = first; index < last; index++) {
        const guild = guilds[index % guilds.length];
        const workshops = [...(guild?.channels.cache.values() ?? [])].filter(({ name }) =>
          name.startsWith('workshop'),
        );
        const channelId = workshops[random.integer(0, workshops.length - 1)]?.id;
        const piece = PIECES[random.integer(0, PIECES.length - 1)];
        if (!guild || channelId === undefined || !piece) throw new Error('There is no workshop.');
        const userId = String(300_000_000_000_000_000n + BigInt(random.integer(0, CRAFTERS - 1)));
        tx.publish(itemCrafted, {
          guildId: guild.id,
          userId,
          data: {
            ...piece,
            craftId: tx.createId(),
            recipeId: piece.itemId,
            crafted: 1,
            masterworks: 0,
            quantity: 1,
            xp: 1,
            channelId,
          },
        });
      }
    });
  }
}
