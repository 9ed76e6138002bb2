import { managerOf } from '../discord/manager.ts';
import { applyAnswer, type ComponentFacts, componentFacts } from '../discord/settings/answer-component.ts';
import { type GuildModalInteraction, ModalHandler } from '../pieces/modal-handler.ts';

/** Changes a setting to what was typed. */
export class EnterSetting extends ModalHandler<ComponentFacts> {
  override readonly facts = componentFacts;

  override async submit(
    interaction: GuildModalInteraction,
    typed: readonly string[],
    ...facts: ComponentFacts
  ): Promise<void> {
    managerOf(interaction);
    await applyAnswer(interaction, facts, typed);
  }
}
