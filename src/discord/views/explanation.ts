import { type APIEmbed, TimestampStyles, time } from 'discord.js';
import type { Flow, LedgerLine, Story } from '../../game/admin/explanations.ts';
import type { Workbench } from '../../game/crafting/workbench.ts';
import { assetKey, assetLabel, assetName } from '../assets.ts';
import { type Button, type ButtonRow, button, buttonRows } from '../components.ts';
import { customId } from '../custom-id.ts';
import { relativeTime } from '../in-words.ts';
import { whyText } from '../ledger-words.ts';
import { pageButtons, pageOf } from '../paging.ts';
import { personName } from '../person.ts';
import { shorten } from '../shorten.ts';
import { recipeName, type Translate } from '../translate.ts';

/** Two rows of buttons, one for each line. */
const FLOWS_PER_PAGE = 10;

/** Eight of these, and what is set aside, fit into a description ("Embed Limits": 4,096). */
const LONGEST_WHY = 360;

/** Of how many crafts it is said what is set aside in them. */
const MOST_CRAFTS = 4;

/** The brown of an old ledger. */
const COLOUR = 0x92704f;

export interface ExplanationLook {
  /** Who turns the pages. */
  readonly readerId: string;
  /** Whose things these are. */
  readonly userId: string;
}

/** A page of everything that somebody has or ever had, with a button for the story of each. */
export function summaryView(
  t: Translate,
  {
    readerId,
    userId,
    flows,
    page,
  }: ExplanationLook & { readonly flows: readonly Flow[]; readonly page: number },
) {
  const player = personName(t, userId);
  const shown = pageOf(flows, page, FLOWS_PER_PAGE);
  const lines = shown.entries.map((flow) => t('explain:flow', { ...flow, item: assetName(t, flow.asset) }));
  const description =
    flows.length === 0
      ? t('explain:empty', { player })
      : [t('explain:of', { player }), '', ...lines].join('\n');
  const stories = shown.entries.map(({ asset }) => storyButton(t, asset, readerId, userId));
  return {
    embeds: [{ color: COLOUR, title: t('explain:title'), description }],
    components: [
      ...buttonRows(stories),
      ...pageButtons(t, shown, 'explainPage', readerId, userId, ''),
    ] as ButtonRow[],
  };
}

/** A page of how somebody came by one thing, and what they did with it; the newest first. */
export function storyView(
  t: Translate,
  {
    readerId,
    userId,
    story,
    workbench,
  }: ExplanationLook & { readonly story: Story; readonly workbench: Workbench },
) {
  const facts = { player: personName(t, userId), item: assetName(t, story.asset) };
  const description =
    story.lines.length === 0
      ? t('explain:never', facts)
      : [
          t('explain:story', { ...story, ...facts }),
          ...asideLines(t, assetKey(story.asset), workbench),
          '',
          ...story.lines.map((line) => lineText(t, line)),
        ].join('\n');
  const embed: APIEmbed = { color: COLOUR, title: t('explain:title'), description };
  const all = button(customId('explainPage', 0, readerId, userId, ''), t('explain:all'));
  return {
    embeds: [embed],
    components: [
      ...buttonRows([all]),
      ...pageButtons(t, story, 'explainPage', readerId, userId, assetKey(story.asset)),
    ],
  };
}

function storyButton(t: Translate, asset: Flow['asset'], readerId: string, userId: string): Button {
  return button(customId('explainPage', 0, readerId, userId, assetKey(asset)), assetLabel(t, asset));
}

function lineText(t: Translate, line: LedgerLine): string {
  const { change, balance, occurredAt } = line;
  const facts = { amount: Math.abs(change), balance, why: shorten(whyText(t, line), LONGEST_WHY) };
  const moment = time(Math.floor(occurredAt / 1_000), TimestampStyles.ShortDateTime);
  return `${t(change > 0 ? 'explain:in' : 'explain:out', facts)}\n${t('explain:moment', { moment })}`;
}

/** What is not there any more and not gone either: materials of crafts that are under way, which cancelling returns. */
function asideLines(t: Translate, itemId: string, { active, waiting }: Workbench): string[] {
  const crafts = [
    ...active.map((craft) => ({ craft, completesAt: craft.completesAt })),
    ...waiting.map(({ craft, completesAt }) => ({ craft, completesAt })),
  ].flatMap(({ craft, completesAt }) => {
    const amount = craft.promise.inputs.find((input) => input.itemId === itemId)?.quantity ?? 0;
    return amount === 0 ? [] : [{ craft, completesAt, amount }];
  });
  const lines = crafts.slice(0, MOST_CRAFTS).map(({ craft, completesAt, amount }) => {
    const name = recipeName(t, craft.recipeId);
    const facts = {
      amount,
      readyAt: relativeTime(completesAt),
      craft: t('explain:craft', { amount: craft.quantity, name }),
    };
    return t(craft.state === 'active' ? 'explain:aside.active' : 'explain:aside.waiting', facts);
  });
  const left = crafts.length - lines.length;
  return left > 0 ? [...lines, t('explain:aside.more', { count: left })] : lines;
}
