import { managerOf } from '../discord/manager.ts';
import { applyAnswer, type ComponentFacts, componentFacts } from '../discord/settings/answer-component.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Changes a setting by a button. */
export class SetSetting extends ButtonHandler<ComponentFacts> {
  override readonly facts = componentFacts;

  override async press(interaction: GuildButtonInteraction, ...facts: ComponentFacts): Promise<void> {
    managerOf(interaction);
    await applyAnswer(interaction, facts, []);
  }
}
