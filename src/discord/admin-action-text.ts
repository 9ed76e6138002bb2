import type { EventOf } from '../events/define-event.ts';
import type { settingsChanged } from '../events/settingsChanged.ts';
import type { BalanceAdjusted } from '../game/admin/adjustments.ts';
import type { RecordedAction } from '../game/admin/admin-log.ts';
import type { DomainEvent } from '../world/event.ts';
import { assetAmount, assetAmountLabel } from './assets.ts';
import { inWords } from './in-words.ts';
import { personLabel, personName } from './person.ts';
import { plainText } from './plain-text.ts';
import { settingChange, settingLabel } from './setting-change.ts';
import type { Translate } from './translate.ts';

type Facts = Readonly<Record<string, unknown>>;

/** What one of those who run the server did, in a sentence as Discord shows it. */
export function actionText(
  t: Translate,
  { event, adminId }: Pick<RecordedAction, 'event' | 'adminId'>,
): string {
  const admin = personName(t, adminId);
  const facts: Facts = {
    ...inWords(t, event.data as object),
    ...factsOf(t, event),
    admin,
    defaultValue: t('admin:action.other', { admin }),
  };
  return t(`admin:action.${event.name}`, facts);
}

/** The same where nothing but text can stand, to pick from. */
export function actionLabel(t: Translate, { event }: Pick<RecordedAction, 'event'>): string {
  const facts: Facts = { ...(event.data as object), ...labelFacts(t, event), defaultValue: event.name };
  return t(`admin:label.${event.name}`, facts);
}

function factsOf(t: Translate, event: DomainEvent): Facts {
  if (isAdjustment(event)) {
    const { asset, change, reason } = event.data;
    return {
      context: wayOf(event),
      player: personName(t, event.userId ?? ''),
      amount: assetAmount(t, asset, Math.abs(change)),
      reason: plainText(reason),
    };
  }
  if (!isSetting(event)) return {};
  const { undoes, ...change } = event.data;
  return {
    ...settingChange(t, change, event.occurredAt),
    ...(undoes === undefined ? {} : { context: 'back' }),
  };
}

function labelFacts(t: Translate, event: DomainEvent): Facts {
  if (isAdjustment(event)) {
    const { asset, change } = event.data;
    return {
      context: wayOf(event),
      player: personLabel(t, { guildId: event.guildId, userId: event.userId ?? '' }),
      amount: assetAmountLabel(t, asset, Math.abs(change)),
    };
  }
  return isSetting(event) ? { setting: settingLabel(t, event.data.setting) } : {};
}

/** Which of the four things that can be done with a balance it is. */
export function wayOf({ data }: BalanceAdjusted): 'granted' | 'taken' | 'givenBack' | 'takenBack' {
  if (data.undoes === null) return data.change > 0 ? 'granted' : 'taken';
  return data.change > 0 ? 'givenBack' : 'takenBack';
}

function isAdjustment(event: DomainEvent): event is BalanceAdjusted {
  return event.name === 'balanceAdjusted';
}

function isSetting(event: DomainEvent): event is EventOf<typeof settingsChanged> {
  return event.name === 'settingsChanged';
}
