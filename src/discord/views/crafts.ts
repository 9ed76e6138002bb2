import { type APIEmbed, ButtonStyle } from 'discord.js';
import { type CancelPreview, totalOf } from '../../game/crafting/crafting.ts';
import type { ActiveCraft, Craft } from '../../game/crafting/crafts.table.ts';
import type { WaitingCraft, Workbench } from '../../game/crafting/workbench.ts';
import { button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { relativeTime } from '../in-words.ts';
import { fitLines } from '../shorten.ts';
import { amounts, itemName, recipeName, type Translate } from '../translate.ts';
import { RARITY_COLOURS } from './colours.ts';

/** Discord's limit for the description of an embed ("Embed Limits"), with room for the rest of it. */
const LONGEST_DESCRIPTION = 4_000;

/** How many crafts get a button: Discord's five rows. */
const MOST_BUTTONS = 25;

/**
 * The answer to an order: what is being made, of what, and when it is ready.
 *
 * @param waiting its turn in the queue, where it has to wait for one
 */
export function orderedView(t: Translate, craft: Craft, waiting?: WaitingCraft) {
  const { output, inputs, xp } = craft.promise;
  const embed: APIEmbed = {
    color: RARITY_COLOURS[output.rarity],
    title: t(waiting ? 'crafting:queued.title' : 'crafting:started.title', named(t, craft)),
    description: [
      ...(waiting ? queuedLines(t, waiting) : startedLines(t, craft)),
      t(waiting ? 'crafting:queued.taken' : 'crafting:started.taken', { items: amounts(t, inputs) }),
      t('crafting:started.reward', { xp }),
    ].join('\n'),
  };
  return { embeds: [embed], components: buttonRows([cancelButton(craft, t('crafting:cancel.button'))]) };
}

function startedLines(t: Translate, { completesAt }: Craft): string[] {
  return completesAt === null ? [] : [t('crafting:started.ready', { when: relativeTime(completesAt) })];
}

function queuedLines(t: Translate, { rank, startsAt, completesAt }: WaitingCraft): string[] {
  return [
    t('crafting:queued.rank', { rank }),
    t('crafting:queued.turn', { starts: relativeTime(startsAt), ready: relativeTime(completesAt) }),
  ];
}

/** What a player has at work and waiting, and what they finished lately. */
export function workbenchView(t: Translate, workbench: Workbench, recent: readonly Craft[]) {
  const { slots, queueLength, active, waiting } = workbench;
  const finished = recent.map((craft) => finishedLine(t, craft));
  const embed: APIEmbed = {
    title: t('crafting:list.title'),
    description:
      active.length + waiting.length > 0
        ? fitLines(underWayLines(t, workbench), LONGEST_DESCRIPTION, (left) =>
            t('crafting:list.more', { count: left }),
          )
        : t('crafting:list.empty'),
    fields: finished.length > 0 ? [{ name: t('crafting:list.recent'), value: finished.join('\n') }] : [],
    footer: {
      text: [
        t('crafting:list.slots', { free: Math.max(0, slots - active.length), count: slots }),
        t('crafting:list.places', { free: Math.max(0, queueLength - waiting.length), count: queueLength }),
      ].join(' · '),
    },
  };
  const buttons = [...active, ...waiting.map(({ craft }) => craft)]
    .slice(0, MOST_BUTTONS)
    .map((craft, index) =>
      cancelButton(craft, t('crafting:cancel.one', { number: index + 1, ...named(t, craft) })),
    );
  return { embeds: [embed], components: buttonRows(buttons) };
}

/** Numbered all through, as the buttons below are. */
function underWayLines(t: Translate, { active, waiting }: Workbench): string[] {
  return [
    ...active.map((craft, index) => activeLine(t, craft, index + 1)),
    ...(waiting.length > 0 ? ['', `**${t('crafting:list.queue')}**`] : []),
    ...waiting.map((each) => waitingLine(t, each, active.length + each.rank)),
  ];
}

function activeLine(t: Translate, craft: ActiveCraft, number: number): string {
  return t('crafting:list.active', { number, ...named(t, craft), when: relativeTime(craft.completesAt) });
}

function waitingLine(t: Translate, { craft, startsAt }: WaitingCraft, number: number): string {
  return t('crafting:list.waiting', { number, ...named(t, craft), when: relativeTime(startsAt) });
}

function finishedLine(t: Translate, craft: Craft): string {
  return t('crafting:list.finished', {
    ...named(t, craft),
    count: (craft.quantity + (craft.masterworks ?? 0)) * craft.promise.output.yields,
    when: relativeTime(craft.endedAt ?? craft.orderedAt),
  });
}

/** Asks before a craft is given up, and says what comes back. */
export function confirmCancelView(t: Translate, { craft, refund }: CancelPreview, changed = false) {
  const lines = [
    changed ? t('crafting:cancel.changed') : t('crafting:cancel.question', named(t, craft)),
    refund.length > 0
      ? t('crafting:cancel.refund', { items: amounts(t, refund) })
      : t('crafting:cancel.noRefund'),
    craft.completesAt === null
      ? t('crafting:cancel.waiting')
      : t('crafting:cancel.readyAnyway', { when: relativeTime(craft.completesAt) }),
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

/** Says that a craft goes on after all. */
export function keptView(t: Translate, { state }: Craft) {
  return {
    content: t(state === 'waiting' ? 'crafting:cancel.keptWaiting' : 'crafting:cancel.kept'),
    components: [],
  };
}

/** How much of what a craft is to make, masterworks apart. */
function named(t: Translate, craft: Craft): { count: number; item: string; name: string } {
  const { itemId, yields } = craft.promise.output;
  return { count: craft.quantity * yields, item: itemName(t, itemId), name: recipeName(t, craft.recipeId) };
}

function cancelButton(craft: Craft, label: string) {
  return button(customId('cancelCraft', craft.id), label);
}
