import { ButtonStyle } from 'discord.js';
import type { ForgettingQuestion } from '../../game/privacy/privacy.ts';
import type { Erasure } from '../../world/erasure.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import type { Translate } from '../translate.ts';

/** Asks before somebody is forgotten: what goes, what stays, and where. */
export function forgettingQuestionView(t: Translate, { here, everywhere, servers }: ForgettingQuestion) {
  const confirm = (proposalId: string, label: string) =>
    button(customId('confirmForgetting', proposalId), label, ButtonStyle.Danger);
  const choices = [
    ...(here === undefined ? [] : [confirm(here, t('privacy:forget.here'))]),
    confirm(everywhere, t('privacy:forget.everywhere', { count: servers })),
    button(customId('declineForgetting', everywhere), t('privacy:forget.keep')),
  ];
  const facts = { word: t('privacy:formerMember') };
  return { content: t('privacy:forget.question', facts), components: buttonRows(choices) };
}

/** Says what was done, in numbers. */
export function forgottenText(
  t: Translate,
  { deleted, anonymized, cancelled }: Erasure & { readonly cancelled: number },
): string {
  return [
    t('privacy:forget.deleted', { count: deleted }),
    ...(anonymized > 0
      ? [t('privacy:forget.anonymized', { count: anonymized, word: t('privacy:formerMember') })]
      : []),
    ...(cancelled > 0 ? [t('privacy:forget.cancelled', { count: cancelled })] : []),
    t('privacy:forget.after'),
  ].join('\n');
}
