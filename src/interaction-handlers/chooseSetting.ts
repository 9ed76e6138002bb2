import { managerOf } from '../discord/manager.ts';
import {
  applyAnswer,
  askFor,
  type ComponentFacts,
  componentFacts,
} from '../discord/settings/answer-component.ts';
import { type GuildSelectInteraction, SelectHandler } from '../pieces/select-handler.ts';

/** Changes a setting to what was chosen, or asks in a modal for the rest. */
export class ChooseSetting extends SelectHandler<ComponentFacts> {
  override readonly facts = componentFacts;

  override async choose(
    interaction: GuildSelectInteraction,
    chosen: readonly string[],
    ...facts: ComponentFacts
  ): Promise<void> {
    managerOf(interaction);
    if (!(await askFor(interaction, facts, chosen))) await applyAnswer(interaction, facts, chosen);
  }
}
