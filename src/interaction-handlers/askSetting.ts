import { managerOf } from '../discord/manager.ts';
import { askFor, type ComponentFacts, componentFacts } from '../discord/settings/answer-component.ts';
import { refuse } from '../game/refusal.ts';
import { ButtonHandler, type GuildButtonInteraction } from '../pieces/button-handler.ts';

/** Asks in a modal for what a setting is to be. */
export class AskSetting extends ButtonHandler<ComponentFacts> {
  override readonly facts = componentFacts;

  override async press(interaction: GuildButtonInteraction, ...facts: ComponentFacts): Promise<void> {
    managerOf(interaction);
    if (!(await askFor(interaction, facts, []))) refuse('brokenButton', {});
  }
}
