import { container, type InteractionHandler, InteractionHandlerTypes } from '@sapphire/framework';
import type { Interaction } from 'discord.js';
import { parseCustomId } from './custom-id.ts';

/** Whether no piece handles a component or a modal: there is none of that name, or it handles something else. */
export function isUnhandled(interaction: Interaction): boolean {
  if (!interaction.isMessageComponent() && !interaction.isModalSubmit()) return false;
  const { handler } = parseCustomId(interaction.customId);
  const piece = container.stores.get('interaction-handlers').get(handler);
  return piece === undefined || !handles(piece, interaction);
}

function handles({ interactionHandlerType: type }: InteractionHandler, interaction: Interaction): boolean {
  if (interaction.isButton()) return type === InteractionHandlerTypes.Button;
  if (interaction.isAnySelectMenu()) return type === InteractionHandlerTypes.SelectMenu;
  return interaction.isModalSubmit() && type === InteractionHandlerTypes.ModalSubmit;
}
