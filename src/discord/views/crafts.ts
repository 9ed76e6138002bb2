import { type APIEmbed, ButtonStyle } from 'discord.js';
import { type CancelPreview, totalOf } from '../../game/crafting/crafting.ts';
import type { Craft } from '../../game/crafting/crafts.table.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { relativeTime } from '../refusal-text.ts';
import { fitLines } from '../shorten.ts';
import { amounts, itemName, recipeName, type Translate } from '../translate.ts';
import { RARITY_COLOURS } from './colours.ts';

/** Discord's limit for the description of an embed ("Embed Limits"), with room for the rest of it. */
const LONGEST_DESCRIPTION = 4_000;

/** How many crafts get a button: four of Discord's five rows. */
const MOST_BUTTONS = 20;

/** The answer to an order: what is being made, of what, and when it is ready. */
export function craftStartedView(t: Translate, craft: Craft) {
  const { output, inputs, xp } = craft.promise;
  const embed: APIEmbed = {
    color: RARITY_COLOURS[output.rarity],
    title: t('crafting:started.title', { count: craft.quantity, item: itemName(t, output.itemId) }),
    description: [
      t('crafting:started.ready', { when: relativeTime(craft.completesAt) }),
      t('crafting:started.taken', { items: amounts(t, inputs) }),
      t('crafting:started.reward', { xp }),
    ].join('\n'),
  };
  return { embeds: [embed], components: buttonRows([cancelButton(craft, t('crafting:cancel.button'))]) };
}

/** What a player has at work and what they finished lately. */
export function craftsView(t: Translate, active: readonly Craft[], recent: readonly Craft[]) {
  const working = active.map((craft) =>
    t('crafting:list.active', { ...named(t, craft), when: relativeTime(craft.completesAt) }),
  );
  const finished = recent.map((craft) =>
    t('crafting:list.finished', {
      ...named(t, craft),
      count: (craft.quantity + (craft.masterworks ?? 0)) * craft.promise.output.yields,
      when: relativeTime(craft.endedAt ?? craft.completesAt),
    }),
  );
  const embed: APIEmbed = {
    title: t('crafting:list.title'),
    description:
      working.length > 0
        ? fitLines(working, LONGEST_DESCRIPTION, (left) => t('crafting:list.more', { count: left }))
        : t('crafting:list.empty'),
    fields: finished.length > 0 ? [{ name: t('crafting:list.recent'), value: finished.join('\n') }] : [],
  };
  const buttons = active
    .slice(0, MOST_BUTTONS)
    .map((craft) => cancelButton(craft, t('crafting:cancel.one', named(t, craft))));
  return { embeds: [embed], components: buttonRows(buttons) };
}

/** Asks before a craft is given up, and says what comes back. */
export function confirmCancelView(t: Translate, { craft, refund }: CancelPreview, changed = false) {
  const lines = [
    changed ? t('crafting:cancel.changed') : t('crafting:cancel.question', named(t, craft)),
    refund.length > 0
      ? t('crafting:cancel.refund', { items: amounts(t, refund) })
      : t('crafting:cancel.noRefund'),
    t('crafting:cancel.readyAnyway', { when: relativeTime(craft.completesAt) }),
  ];
  const confirmId = customId('confirmCancelCraft', craft.id, totalOf(refund));
  const buttons = [
    button(confirmId, t('crafting:cancel.confirm'), ButtonStyle.Danger),
    button(customId('keepCraft', craft.id), t('crafting:cancel.keep')),
  ];
  return { content: lines.join('\n'), components: buttonRows(buttons) };
}

/** Says that a craft was given up and what came back. */
export function cancelledView(t: Translate, { craft, refund }: CancelPreview) {
  const returned =
    refund.length > 0
      ? t('crafting:cancelled.refund', { items: amounts(t, refund) })
      : t('crafting:cancelled.noRefund');
  return { content: `${t('crafting:cancelled.done', named(t, craft))}\n${returned}`, components: [] };
}

function named(t: Translate, craft: Craft): { count: number; item: string; name: string } {
  const { itemId } = craft.promise.output;
  return { count: craft.quantity, item: itemName(t, itemId), name: recipeName(t, craft.recipeId) };
}

function cancelButton(craft: Craft, label: string) {
  return button(customId('cancelCraft', craft.id), label);
}
