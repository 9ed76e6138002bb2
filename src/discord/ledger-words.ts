import type { BalanceAdjusted } from '../game/admin/adjustments.ts';
import type { LedgerLine } from '../game/admin/explanations.ts';
import { itemAsset } from '../world/ledger.ts';
import { wayOf } from './admin-action-text.ts';
import { assetAmount } from './assets.ts';
import { inWords, relativeTime } from './in-words.ts';
import { personName } from './person.ts';
import { plainText } from './plain-text.ts';
import { recipeName, type Translate } from './translate.ts';

/** What the events that change the ledger say, each some of it; the definitions have made sure of the types. */
interface KnownFacts {
  readonly recipeId?: string;
  readonly itemId?: string;
  readonly quantity?: number;
  readonly crafted?: number;
  readonly to?: string;
  readonly adminId?: string;
  readonly reason?: string;
}

/** Why somebody has more or less of something: what happened, in a few words. Each event has its own. */
export function whyText(t: Translate, line: LedgerLine): string {
  const { event, cause } = line;
  const known = { ...(cause?.data as KnownFacts), ...(event.data as KnownFacts) };
  const facts: Readonly<Record<string, unknown>> = {
    ...inWords(t, known),
    ...peopleIn(t, line, known),
    ...workIn(t, line, known),
    context: contextOf(line),
    defaultValue: t('explain:why.other', { event: plainText(event.name) }),
  };
  return t(`explain:why.${event.name}`, facts);
}

function peopleIn(t: Translate, { event }: LedgerLine, { to, adminId, reason }: KnownFacts) {
  return {
    giver: personName(t, event.userId ?? ''),
    recipient: personName(t, to ?? ''),
    admin: personName(t, adminId ?? ''),
    reason: plainText(reason ?? ''),
  };
}

function workIn(
  t: Translate,
  { craft }: LedgerLine,
  { recipeId, itemId, quantity = 1, crafted }: KnownFacts,
) {
  return {
    ...(recipeId === undefined
      ? {}
      : { craft: t('explain:craft', { amount: crafted ?? quantity, name: recipeName(t, recipeId) }) }),
    ...(itemId === undefined ? {} : { salvaged: assetAmount(t, itemAsset(itemId), quantity) }),
    readyAt: relativeTime(craft?.completesAt ?? 0),
    endedAt: relativeTime(craft?.endedAt ?? 0),
  };
}

/** Which of several texts for one event fits: where there is only one, it counts for all. */
function contextOf({ event, change, craft }: LedgerLine): string {
  if (event.name === 'balanceAdjusted') return wayOf(event as BalanceAdjusted);
  if (event.name === 'xpGranted') return (event.data as KnownFacts).reason ?? '';
  return craft?.state ?? (change > 0 ? 'gained' : 'lost');
}
