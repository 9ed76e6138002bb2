import { channelMention, TimestampStyles, time } from 'discord.js';
import type { Refusal, RefusalCode, Refusals } from '../game/refusal.ts';
import { shorten } from './shorten.ts';
import { itemName, recipeName, type Translate } from './translate.ts';

/** How much of what somebody typed is said back to them. */
const LONGEST_QUOTE = 60;

/** How the facts of a refusal are put before they go into its sentence; where there is none they go in as they are. */
type Wording = { [Code in RefusalCode]?: (t: Translate, facts: Refusals[Code]) => Record<string, unknown> };

const WORDING: Wording = {
  unknownRecipe: (_t, { asked }) => ({ asked: shorten(asked, LONGEST_QUOTE) }),
  levelTooLow: (t, facts) => ({ ...facts, recipe: recipeName(t, facts.recipeId) }),
  missingMaterials: (t, { recipeId, quantity, missing }) => ({
    recipe: recipeName(t, recipeId),
    count: quantity,
    missing: missing
      .map(({ itemId, needed, have }) =>
        t('refusals:missingItem', { item: itemName(t, itemId), lacking: needed - have, needed, have }),
      )
      .join('\n'),
  }),
  noFreeSlot: (_t, { slots, nextFreeAt }) => ({ count: slots, when: relativeTime(nextFreeAt) }),
  missingChannelPermissions: (_t, { channelId, permissions }) => ({
    channel: channelMention(channelId),
    count: permissions.length,
    permissions: permissions
      .map((permission) => `**${permission.replace(/(?<!^)([A-Z])/g, ' $1')}**`)
      .join(', '),
  }),
  craftIsOver: (_t, { state, endedAt }) => ({ context: state, when: relativeTime(endedAt) }),
};

/** The sentence that tells a player why not, and what to do instead. */
export function refusalText(t: Translate, { code, facts }: Refusal): string {
  // The table pairs each code with its own facts; the compiler cannot follow that through the index.
  const wording = WORDING[code] as ((t: Translate, facts: unknown) => Record<string, unknown>) | undefined;
  return t(`refusals:${code}`, wording ? wording(t, facts) : { ...facts });
}

/** A moment as Discord shows it to each reader in their own time: "in 5 minutes". */
export function relativeTime(moment: number): string {
  return time(Math.ceil(moment / 1_000), TimestampStyles.RelativeTime);
}
