import { container } from '@sapphire/framework';
import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import { Refusal, type RefusalCode } from '../game/refusal.ts';
import type { GuildButtonInteraction } from '../pieces/button-handler.ts';

/** What says that there is nothing left that the button could do. */
const OVER: readonly RefusalCode[] = ['craftIsOver', 'tripIsOver'];

/**
 * Does what a button is for. Where that is refused since what it is about is over, the button goes from its message: the
 * answer to an order stays in the channel, and nothing tells it that the order has ended.
 *
 * @returns what came of it
 * @throws whatever was thrown; the refusal is told after the button has gone, or could not go
 */
export async function unlessOver<Result>(
  interaction: GuildButtonInteraction,
  act: () => Result,
): Promise<Result> {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal && OVER.includes(error.code))
      await takeOff(interaction).catch((failure: unknown) =>
        container.logger.warn('A button whose craft or trip is over could not be taken off:', failure),
      );
    throw error;
  }
}

/** Takes the button that was pressed off its message; does nothing where it isn't there, as with one that was made up. */
async function takeOff(interaction: GuildButtonInteraction): Promise<void> {
  const rows = interaction.message.components.map((row) => row.toJSON());
  const left = rows.flatMap((row) => without(row, interaction.customId));
  if (JSON.stringify(left) !== JSON.stringify(rows)) await interaction.update({ components: left });
}

/** A row without a button, or no row where it has no other. */
function without(row: APIMessageTopLevelComponent, customId: string): APIMessageTopLevelComponent[] {
  if (row.type !== ComponentType.ActionRow) return [row];
  const components = row.components.filter((each) => !('custom_id' in each) || each.custom_id !== customId);
  return components.length > 0 ? [{ ...row, components }] : [];
}
