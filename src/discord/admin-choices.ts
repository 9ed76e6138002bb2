import { container } from '@sapphire/framework';
import type { AutocompleteInteraction } from 'discord.js';
import type { Holder } from '../world/ledger.ts';
import { actionLabel } from './admin-action-text.ts';
import { assetChoices, holdingChoices } from './assets.ts';
import { type Choice, MOST_CHOICES } from './choices.ts';
import { duration } from './duration.ts';
import { type Translate, translatorOf } from './translate.ts';

/** What can be picked while an option of `/admin` is typed; the option is the one that has the cursor. */
export function adminChoices(interaction: AutocompleteInteraction, admin: Holder): Choice[] {
  const t = translatorOf(interaction);
  switch (interaction.options.getSubcommand()) {
    case 'grant':
      return assetChoices(t);
    case 'take':
      return flowChoices(t, interaction, admin).filter(({ now }) => now > 0);
    case 'explain':
      return flowChoices(t, interaction, admin);
    case 'undo':
      return undoChoices(t, admin);
    default:
      return [];
  }
}

/** What somebody has or ever had, whom the option before names. */
function flowChoices(t: Translate, { options }: AutocompleteInteraction, { guildId }: Holder) {
  const { world, game } = container;
  const userId = options.get('user')?.value;
  if (typeof userId !== 'string') return [];
  return holdingChoices(t, game.explanations.summary(world.reader, { guildId, userId }));
}

function undoChoices(t: Translate, { guildId }: Holder): Choice[] {
  const { world, game } = container;
  const now = world.clock.now();
  return game.undoing.choices(world.reader, guildId, MOST_CHOICES).map((action) => {
    const name = actionLabel(t, action);
    const ago = duration(t, now - action.event.occurredAt);
    return { name, label: t('admin:undo.choice', { ago, action: name }), value: action.event.id };
  });
}
