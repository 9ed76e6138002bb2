import type { BaseInteraction } from 'discord.js';
import type { Cause } from '../world/world.ts';

/** What an action that an interaction asks for gives as its cause: delivered twice, it acts once (rule R1). */
export function causeOf(interaction: BaseInteraction): Cause {
  return { cause: `interaction:${interaction.id}`, interactionId: interaction.id };
}
