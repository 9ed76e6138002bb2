import { managerOf } from '../discord/manager.ts';
import {
  answerComponent,
  type ComponentFacts,
  componentFacts,
} from '../discord/settings/answer-component.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Changes a setting by a button, or asks in a modal for what it is to be. */
export class SetSetting extends ButtonHandler<ComponentFacts> {
  override readonly facts = componentFacts;

  override async press(interaction: GuildButtonInteraction, ...facts: ComponentFacts): Promise<void> {
    managerOf(interaction);
    await answerComponent(interaction, facts, []);
  }
}
