import { channelMention, type PermissionsString, TimestampStyles, time } from 'discord.js';
import type { ItemAmount } from '../game/content/catalog.ts';
import type { MissingItem } from '../game/inventory/inventory.ts';
import { assetName } from './assets.ts';
import { personName } from './person.ts';
import { plainText } from './plain-text.ts';
import { shorten } from './shorten.ts';
import { amounts, itemName, placeName, recipeName, type Translate } from './translate.ts';

/** How much of what somebody typed is said back to them. */
const LONGEST_QUOTE = 60;

/** The permissions that have names in the texts, since the bot may have to ask for them. */
export type NamedPermission = Extract<
  PermissionsString,
  'ViewChannel' | 'Connect' | 'SendMessages' | 'SendMessagesInThreads' | 'EmbedLinks' | 'ReadMessageHistory'
>;

type Wording = (t: Translate, fact: never) => string;

/** How a fact is put into words, by its name. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  itemId: itemName,
  recipeId: recipeName,
  placeId: placeName,
  userId: personName,
  asset: assetName,
  channelId: (_t, id: string) => channelMention(id),
  asked: (_t, text: string) => plainText(shorten(text, LONGEST_QUOTE)),
  items: (t, items: readonly ItemAmount[]) => amounts(t, items),
  missing: missingLines,
  permissions: (t, permissions: readonly NamedPermission[]) =>
    permissions.map((permission) => `**${t(`permissions:${permission}`)}**`).join(', '),
};

/**
 * Puts the facts of a refusal or an event the way a sentence needs them: ids become names and mentions, what ends in
 * `At` becomes a relative time, everything else stays as it is.
 */
export function inWords(t: Translate, facts: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => {
      if (name.endsWith('At')) return [name, relativeTime(fact as number)];
      const wording = Object.hasOwn(WORDINGS, name) ? WORDINGS[name] : undefined;
      // The table pairs each name with its kind of fact; the compiler cannot follow that through the index.
      return [name, wording ? wording(t, fact as never) : fact];
    }),
  );
}

/** A moment as Discord shows it to each reader in their own time: "in 5 minutes". */
export function relativeTime(moment: number): string {
  return time(Math.ceil(moment / 1_000), TimestampStyles.RelativeTime);
}

function missingLines(t: Translate, missing: readonly MissingItem[]): string {
  return missing
    .map(({ itemId, needed, have }) =>
      t('refusals:missingItem', { itemId: itemName(t, itemId), lacking: needed - have, needed, have }),
    )
    .join('\n');
}
