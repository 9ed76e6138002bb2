import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  EmbedBuilder,
  type MessageActionRowComponentBuilder,
} from 'discord.js';
import { type CancelPreview, totalOf } from '../../game/crafting/crafting.ts';
import type { Craft } from '../../game/crafting/crafts.table.ts';
import { customId } from '../custom-id.ts';
import { relativeTime } from '../refusal-text.ts';
import { amounts, itemName, recipeName, type Translate } from '../translate.ts';
import { RARITY_COLOURS } from './colours.ts';

type Row = ActionRowBuilder<MessageActionRowComponentBuilder>;

/** How many crafts get a button: four rows of Discord's five. */
const MOST_BUTTONS = 20;
const BUTTONS_PER_ROW = 5;

/** The answer to an order: what is being made, of what, and when it is ready. */
export function craftStartedView(t: Translate, craft: Craft) {
  const { output, inputs, xp } = craft.promise;
  const embed = new EmbedBuilder()
    .setColor(RARITY_COLOURS[output.rarity])
    .setTitle(t('crafting:started.title', { count: craft.quantity, item: itemName(t, output.itemId) }))
    .setDescription(
      [
        t('crafting:started.ready', { when: relativeTime(craft.completesAt) }),
        t('crafting:started.taken', { items: amounts(t, inputs) }),
        t('crafting:started.reward', { xp }),
      ].join('\n'),
    );
  const button = cancelButton(craft).setLabel(t('crafting:cancel.button'));
  return { embeds: [embed], components: [row([button])] };
}

/** What a player has at work and what they finished lately. */
export function craftsView(t: Translate, active: readonly Craft[], recent: readonly Craft[]) {
  const embed = new EmbedBuilder().setTitle(t('crafting:list.title'));
  const working = active.map((craft) =>
    t('crafting:list.active', { ...named(t, craft), when: relativeTime(craft.completesAt) }),
  );
  embed.setDescription(working.length > 0 ? working.join('\n') : t('crafting:list.empty'));
  if (recent.length > 0) {
    const lines = recent.map((craft) =>
      t('crafting:list.finished', {
        ...named(t, craft),
        when: relativeTime(craft.endedAt ?? craft.completesAt),
      }),
    );
    embed.addFields({ name: t('crafting:list.recent'), value: lines.join('\n') });
  }
  const buttons = active
    .slice(0, MOST_BUTTONS)
    .map((craft) => cancelButton(craft).setLabel(t('crafting:cancel.one', named(t, craft)).slice(0, 80)));
  return { embeds: [embed], components: rows(buttons) };
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
  const confirm = new ButtonBuilder()
    .setCustomId(customId('confirmCancelCraft', craft.id, totalOf(refund)))
    .setStyle(ButtonStyle.Danger)
    .setLabel(t('crafting:cancel.confirm'));
  const keep = new ButtonBuilder()
    .setCustomId(customId('keepCraft'))
    .setStyle(ButtonStyle.Secondary)
    .setLabel(t('crafting:cancel.keep'));
  return { content: lines.join('\n'), components: [row([confirm, keep])] };
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

function cancelButton(craft: Craft): ButtonBuilder {
  return new ButtonBuilder().setCustomId(customId('cancelCraft', craft.id)).setStyle(ButtonStyle.Secondary);
}

function row(buttons: readonly ButtonBuilder[]): Row {
  return new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(...buttons);
}

function rows(buttons: readonly ButtonBuilder[]): Row[] {
  const count = Math.ceil(buttons.length / BUTTONS_PER_ROW);
  return Array.from({ length: count }, (_, index) =>
    row(buttons.slice(index * BUTTONS_PER_ROW, (index + 1) * BUTTONS_PER_ROW)),
  );
}
