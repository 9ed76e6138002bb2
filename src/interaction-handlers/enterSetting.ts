import { managerOf } from '../discord/manager.ts';
import {
  applyAnswer,
  type ComponentFacts,
  componentFacts,
  offerAgain,
} from '../discord/settings/answer-component.ts';
import { Refusal } from '../game/refusal.ts';
import { type GuildModalInteraction, ModalHandler } from '../pieces/modal-handler.ts';

/** Changes a setting to what was typed; where that can't be, it can be mended. */
export class EnterSetting extends ModalHandler<ComponentFacts> {
  override readonly facts = componentFacts;

  override async submit(
    interaction: GuildModalInteraction,
    typed: readonly string[],
    ...facts: ComponentFacts
  ): Promise<void> {
    managerOf(interaction);
    try {
      await applyAnswer(interaction, facts, typed);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await offerAgain(interaction, facts, typed, error);
    }
  }
}
