import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { container } from '@sapphire/framework';
import { type APIModalInteractionResponseCallbackData, InteractionResponseType } from 'discord.js';
import {
  CreateMessageInteractionCallbackRequestSchema,
  MessageCreateRequestSchema,
  ModalInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkMessage, type MessageBody } from '../../playground/discord/validation/messages.ts';
import { checked } from '../../playground/discord/validation/schema.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { actionLabel } from '../../src/discord/admin-action-text.ts';
import { assetChoices } from '../../src/discord/assets.ts';
import { listCommands } from '../../src/discord/command-list.ts';
import type { ButtonRow } from '../../src/discord/components.ts';
import type { ChannelDiagnosis, ChannelPurpose } from '../../src/discord/diagnosis.ts';
import type { NamedPermission } from '../../src/discord/in-words.ts';
import { type InventoryQuery, SORTINGS } from '../../src/discord/inventory-list.ts';
import { itemChoices } from '../../src/discord/item-choices.ts';
import { modal } from '../../src/discord/modal.ts';
import { formOf } from '../../src/discord/settings/forms.ts';
import { SPANS } from '../../src/discord/settings/spans.ts';
import { type Translate, translator } from '../../src/discord/translate.ts';
import { ACHIEVEMENT_FILTERS, achievementsView } from '../../src/discord/views/achievements.ts';
import { adjustmentView } from '../../src/discord/views/adjustment.ts';
import { adminLogView } from '../../src/discord/views/admin-log.ts';
import { composeMessage, inboxView } from '../../src/discord/views/announcements.ts';
import { announcementsPageView } from '../../src/discord/views/announcements-page.ts';
import * as craftViews from '../../src/discord/views/crafts.ts';
import { dailyView } from '../../src/discord/views/daily.ts';
import { doctorView } from '../../src/discord/views/doctor.ts';
import { storyView, summaryView } from '../../src/discord/views/explanation.ts';
import { giftQuestionView } from '../../src/discord/views/gifts.ts';
import { helpView } from '../../src/discord/views/help.ts';
import { inventoryView } from '../../src/discord/views/inventory.ts';
import { itemView } from '../../src/discord/views/item.ts';
import { leaderboardView } from '../../src/discord/views/leaderboard.ts';
import { notifyView } from '../../src/discord/views/notify.ts';
import { planView } from '../../src/discord/views/plan.ts';
import { preferencesView } from '../../src/discord/views/preferences.ts';
import { forgettingQuestionView, forgottenText } from '../../src/discord/views/privacy.ts';
import { profileView, strangerView } from '../../src/discord/views/profile.ts';
import { recipeView } from '../../src/discord/views/recipe.ts';
import { recipeChoice } from '../../src/discord/views/recipe-choice.ts';
import { recipesView } from '../../src/discord/views/recipes.ts';
import { salvagedView, salvageQuestionView } from '../../src/discord/views/salvage.ts';
import {
  areaLines,
  areaView,
  homeView,
  lookAt,
  type PanelFacts,
  settingView,
} from '../../src/discord/views/settings-panel.ts';
import { setupDoneView, setupView } from '../../src/discord/views/setup.ts';
import * as tripViews from '../../src/discord/views/trips.ts';
import { undoQuestionView } from '../../src/discord/views/undo.ts';
import { balanceAdjusted } from '../../src/events/balanceAdjusted.ts';
import { type BalanceAdjusted, LONGEST_REASON } from '../../src/game/admin/adjustments.ts';
import { ACTIONS_PER_PAGE } from '../../src/game/admin/admin-log.ts';
import { LINES_PER_PAGE } from '../../src/game/admin/explanations.ts';
import type { Announcement, AnnouncementSubject } from '../../src/game/announcements/announcements.table.ts';
import type { Composed } from '../../src/game/announcements/channel-messages.ts';
import { WAYS } from '../../src/game/announcements/ways.ts';
import { itemSources } from '../../src/game/browsing/item-sources.ts';
import { recipeBook, recipeEntry } from '../../src/game/browsing/recipe-book.ts';
import { recipeInputs } from '../../src/game/content/catalog.ts';
import { CATEGORIES, type Recipe } from '../../src/game/content/schema.ts';
import { ignoredChannels } from '../../src/game/engagement/settings.ts';
import { missingItems } from '../../src/game/inventory/inventory.ts';
import { everySetting, SETTING_AREAS, type SettingDefinition } from '../../src/game/settings/definitions.ts';
import { firstSteps } from '../../src/game/suggestions/first-steps.ts';
import { type Suggestion, suggest } from '../../src/game/suggestions/suggestions.ts';
import { type Asset, itemAsset } from '../../src/world/ledger.ts';
import { HOUR, MIRA, TOBIN, WORKSHOP } from '../support/game.ts';
import { hugeCatalog, hugeLocales, ITEM_IDS } from '../support/huge-content.ts';
import { createPieceBench, type PieceBench } from '../support/pieces.ts';
import { MIRAS } from '../support/telling.ts';
import { ring } from '../support/world.ts';

const ACTOR = { ...MIRA, channelId: WORKSHOP, locale: 'de' };
const LARGEST = 999_999_999;

let bench: PieceBench;

beforeAll(async () => {
  bench = await createPieceBench({ localesDirectory: hugeLocales() });
  // As it is replaced when the content changes: as a whole.
  Object.assign(bench.game.catalog, { current: hugeCatalog() });
  keepBusy();
});

type View = Omit<MessageBody, 'allowed_mentions'> & { readonly allowedMentions?: object };

/** What Discord would say to a view as an answer: nothing, or this throws. */
function check({ allowedMentions: _, ...data }: View): void {
  checked(CreateMessageInteractionCallbackRequestSchema, { type: 4, data });
  checkMessage(data);
}

function checkChoices(choices: readonly { readonly name: string; readonly label?: string }[]): void {
  for (const { name, label } of choices) expect(label ?? name).not.toBe('');
}

/** Turns the pages until there are no more. @returns how many there were */
function checkPages(pages: (page: number) => View): number {
  for (let page = 0; ; page++) {
    const view = pages(page);
    check(view);
    // What turns the pages is the last row, and what leads on is its last button: see `pageButtons`.
    const row = view.components?.at(-1) as ButtonRow | undefined;
    if (row?.components.at(-1)?.disabled !== false) return page + 1;
  }
}

function means() {
  const { game, world } = bench;
  return { holdings: game.inventory.list(world.reader, MIRA), level: 1 };
}

function inventoryPages(t: Translate): void {
  const { catalog } = bench.game;
  const queries: InventoryQuery[] = [
    ...SORTINGS.map((sorting) => ({ sorting, category: undefined, rarity: undefined, search: '' })),
    { sorting: 'category', category: 'masterpiece', rarity: 'legendary', search: '' },
    { sorting: 'category', category: 'masterpiece', rarity: 'legendary', search: '*'.repeat(25) },
    { sorting: 'rarity', category: undefined, rarity: undefined, search: 'unlikely longest names the' },
  ];
  for (const query of queries.map((each) => ({ ...each, search: each.search.slice(0, 25) }))) {
    const seen = checkPages((page) =>
      inventoryView(t, catalog.current, {
        ownerId: '9'.repeat(19),
        holdings: new Map([...means().holdings.keys()].map((itemId) => [itemId, LARGEST])),
        query,
        page,
        isWorking: true,
      }),
    );
    if (query.category === undefined) expect(seen).toBe(Math.ceil(500 / 15));
  }
  for (const isWorking of [true, false]) {
    const query = { sorting: 'name', category: undefined, rarity: undefined, search: '' } as const;
    check(
      inventoryView(t, catalog.current, {
        ownerId: MIRA.userId,
        holdings: new Map(),
        query,
        page: 0,
        isWorking,
      }),
    );
  }
}

function recipePages(t: Translate): void {
  const { world, clock } = bench;
  const { catalog, terms } = bench.game;
  const [everywhere] = ITEM_IDS;
  for (const uses of [undefined, everywhere, ITEM_IDS.at(-1)]) {
    for (const category of [undefined, ...CATEGORIES]) {
      for (const makeable of [false, true]) {
        const filter = { uses, category, makeable };
        const entries = recipeBook(catalog.current, means(), filter).map((entry) => ({
          ...entry,
          time: terms.at(world.reader, MIRA.guildId, clock.now()).duration(entry.recipe.time),
        }));
        checkPages((page) => recipesView(t, { ownerId: '9'.repeat(19), entries, filter, page }));
      }
    }
  }
}

/** Every seventh recipe: all of them are as long as the others, and it is quicker. */
function someRecipes(): Recipe[] {
  return [...bench.game.catalog.current.recipes.values()].filter((_, index) => index % 7 === 0);
}

function recipes(t: Translate): void {
  const { game, act, world } = bench;
  for (const recipe of someRecipes()) {
    const plan = game.planning.planCraft(world.reader, MIRA, recipe.id, 1);
    check(
      recipeView(t, {
        entry: { ...recipeEntry(recipe, means()), time: HOUR },
        rarity: 'legendary',
        xp: LARGEST,
        masterworkChance: 15,
        plan,
        offers: act((tx) => game.planning.offerSteps(tx, MIRA, plan)),
      }),
    );
  }
}

function items(t: Translate): void {
  const { game } = bench;
  const catalog = game.catalog.current;
  for (const item of catalog.items.values()) {
    check(
      itemView(t, {
        item,
        have: LARGEST,
        level: 1,
        sources: itemSources(catalog, item.id),
        uses: catalog.recipesUsing(item.id),
        composition: game.salvage.composition(item.id),
      }),
    );
  }
}

function help(t: Translate): void {
  const { game, world, clock } = bench;
  const situation = { game, db: world.reader, holder: TOBIN, now: clock.now() };
  const [itemId = ''] = ITEM_IDS;
  const [placeId = ''] = game.catalog.current.places.keys();
  const [achievementId = ''] = game.catalog.current.achievements.keys();
  const everything: Suggestion[] = [
    { kind: 'gift', count: LARGEST },
    { kind: 'setOut', placeId },
    { kind: 'craft', recipeId: itemId },
    { kind: 'queue', recipeId: itemId },
    { kind: 'achievement', achievementId, count: LARGEST },
    { kind: 'level', level: 100, xp: LARGEST, count: LARGEST },
    { kind: 'browse' },
    { kind: 'compare' },
  ];
  const commands = listCommands(t, true);
  for (const suggestions of [suggest(situation), everything]) {
    for (const steps of [firstSteps(situation), []]) check(helpView(t, { steps, suggestions, commands }));
  }
}

function crafts(t: Translate): void {
  const { game, act, world, clock } = bench;
  const now = clock.now();
  const { active, waiting, ...room } = game.crafting.workbench(world.reader, MIRA, now);
  expect(active.length + waiting.length).toBeGreaterThan(50);
  check(
    craftViews.workbenchView(
      t,
      { ...room, active, waiting },
      active.slice(0, 3).map((craft) => ({ ...craft, endedAt: now, masterworks: 25 })),
    ),
  );
  for (const craft of [...active, ...waiting.map((each) => each.craft)].slice(0, 25)) {
    const preview = game.crafting.previewCancel(world.reader, MIRA, craft.id, now);
    for (const changed of [true, false]) check(craftViews.confirmCancelView(t, preview, changed));
    check(craftViews.cancelledView(t, preview));
    check(craftViews.keptView(t, craft));
    check(craftViews.orderedView(t, craft));
  }
  for (const each of waiting) check(craftViews.orderedView(t, each.craft, each));
  for (const recipe of someRecipes()) {
    const plan = game.planning.planCraft(world.reader, MIRA, recipe.id, 25);
    const needed = recipeInputs(recipe).map((input) => ({ ...input, quantity: input.quantity * 25 }));
    const missing = missingItems(means().holdings, needed);
    const offers = act((tx) => game.planning.offerSteps(tx, MIRA, plan));
    check(planView(t, plan, missing, offers));
  }
  checkChoices(game.crafting.choices(world.reader, MIRA, now).map((choice) => recipeChoice(t, choice)));
}

function trips(t: Translate): void {
  const { game, world, clock } = bench;
  const trip = game.gathering.underWay(world.reader, MIRA);
  if (!trip) throw new Error('Mira is not on a trip.');
  check(tripViews.placesView(t, game.gathering.choices(world.reader, MIRA, clock.now())));
  check(tripViews.tripStartedView(t, trip, trip.promise.supplies));
  check(tripViews.tripUnderWayView(t, trip));
  check(tripViews.turnBackView(t, trip));
  check(tripViews.turnedBackView(t, trip));
}

function belongings(t: Translate): void {
  const { game, clock } = bench;
  const [itemId = ''] = ITEM_IDS.slice(-1);
  const present = { to: TOBIN.userId, itemId, quantity: LARGEST };
  check(giftQuestionView(t, 'x'.repeat(22), present));
  const ranges = recipeInputs(game.catalog.current.recipes.get(itemId) ?? never()).map((input) => ({
    itemId: input.itemId,
    least: LARGEST,
    most: LARGEST + 1,
  }));
  const returned = ranges.map((range) => ({ itemId: range.itemId, quantity: LARGEST }));
  check(salvageQuestionView(t, { proposalId: 'x'.repeat(22), itemId, quantity: LARGEST, ranges }));
  check(salvagedView(t, { itemId, quantity: LARGEST, perfect: LARGEST, items: returned }));
  const gift = { items: returned, xp: LARGEST };
  check(
    dailyView(t, {
      ...gift,
      streak: LARGEST,
      dayOfCycle: 7,
      cycle: 7,
      nextAt: clock.now(),
      tomorrow: gift,
    }),
  );
}

function people(t: Translate): void {
  const { game, world, clock } = bench;
  const db = world.reader;
  const progress = game.achievements.progress(db, MIRA).map((each, index) => ({
    ...each,
    value: LARGEST,
    unlockedAt: index % 2 === 0 ? clock.now() : null,
  }));
  for (const filter of ACHIEVEMENT_FILTERS) {
    checkPages((page) =>
      achievementsView(t, {
        readerId: '9'.repeat(19),
        userId: '9'.repeat(19),
        progress: filter === 'earned' ? progress : [...progress, ...progress],
        filter,
        page,
      }),
    );
  }
  const portrait = { userId: MIRA.userId, name: '🏴‍☠️'.repeat(8), avatarUrl: 'https://example.org/a.png' };
  check(strangerView(t, portrait, true));
  check(strangerView(t, portrait, false));
  check(
    profileView(t, {
      ...portrait,
      progress: game.progression.progress(db, MIRA),
      rank: LARGEST,
      workbench: game.crafting.workbench(db, MIRA, clock.now()),
      trip: game.gathering.underWay(db, MIRA),
      figures: game.measures.figures(db, MIRA),
      achievements: progress,
      streak: { days: LARGEST, longest: LARGEST },
      since: clock.now(),
    }),
  );
  const lines = Array.from({ length: 10 }, (_, index) => ({
    rank: LARGEST - index,
    userId: String(9 * 10 ** 18 + index),
    value: LARGEST,
  }));
  for (const players of [LARGEST, 0]) {
    check(
      leaderboardView(t, {
        page: {
          guildId: MIRA.guildId,
          board: 'xp',
          period: 'all',
          lines: players > 0 ? lines : [],
          number: 1,
          count: 9_999,
          players,
        },
        readerId: '9'.repeat(19),
        standing: { rank: LARGEST, value: LARGEST, neighbours: lines },
        endsAt: clock.now(),
      }),
    );
  }
  for (const changed of [true, false]) check(preferencesView(t, { listing: 'hidden', changed }));
}

function notifications(t: Translate): void {
  const kinds = container.stores.get('cards').kindsFor('player');
  for (const asked of ['nothing', 'half', 'changed'] as const) {
    for (const way of WAYS) {
      const ways = kinds.map((kind) => ({ kind, way, isDefault: true }));
      check(notifyView(t, { ways, takesNoDirectMessages: true, isOnlyDirect: true, asked }));
    }
  }
}

/** As long as a value of each type can get in words. */
function longest({ type }: SettingDefinition): unknown {
  switch (type.kind) {
    case 'channel':
    case 'role':
    case 'route':
      return '9'.repeat(19);
    case 'channels':
      return Array.from({ length: type.most }, (_, index) => String(9n * 10n ** 18n + BigInt(index)));
    case 'choice':
      return type.choices.at(-1);
    case 'integer':
      return type.most - 1;
    case 'decimal':
      return 99.999_999;
    case 'switch':
      return true;
    case 'language':
      return 'de';
    case 'quietHours':
      return { from: 1_320, until: 420, timeZone: 'America/Argentina/ComodRivadavia' };
    case 'factor':
      return { base: 9.999_999, boost: { factor: 9.999_999, until: bench.clock.now() + HOUR } };
  }
}

function settings(t: Translate): void {
  const channel = `<#${'9'.repeat(19)}>`;
  const notes: Readonly<Record<string, readonly string[]>> = {
    announcementChannel: [
      t('config:announcements.waiting', { count: LARGEST }),
      ...Array.from({ length: 3 }, () =>
        t('config:announcements.unsound', { channel, doctor: `</admin doctor:${'9'.repeat(19)}>` }),
      ),
    ],
    engagementEnabled: [
      t('config:engagement.points', {
        message: 99.999,
        reaction: 99.999,
        command: 99.999,
        pointsPerMinute: 1_000,
      }),
      t('config:engagement.worth', { xpPerPoint: 100 }),
      t('config:engagement.never'),
    ],
    managerRole: [t('config:managers.shown', { role: `<@&${'9'.repeat(19)}>` })],
  };
  const values: readonly ((setting: SettingDefinition) => unknown)[] = [
    longest,
    (setting) => setting.default,
  ];
  for (const valueFor of values) {
    const facts: PanelFacts = {
      valueFor,
      notesOn: ({ name }) => notes[name] ?? [],
      now: bench.clock.now(),
      names: { channel: () => 'n'.repeat(100), role: () => 'n'.repeat(100) },
    };
    check(homeView(t, facts));
    check(setupView(t, facts));
    check(setupDoneView(t, '9'.repeat(19)));
    for (const area of SETTING_AREAS) {
      check(areaView(t, facts, area));
      check({ content: areaLines(t, facts, area).join('\n') });
    }
    for (const setting of everySetting()) {
      expect(setting.schema.safeParse(valueFor(setting)).success, setting.name).toBe(true);
      check(settingView(t, facts, setting));
      const look = lookAt(t, facts, setting, setting.name);
      const actions = [['ask', []] as const, ...SPANS.map((span) => ['boost', [span]] as const)];
      for (const [action, chosen] of actions) {
        const question = formOf(setting).question?.(look, action, chosen);
        if (question) checkModal(modal('x'.repeat(100), question));
      }
    }
  }
}

function checkModal(data: APIModalInteractionResponseCallbackData): void {
  checked(ModalInteractionCallbackRequestSchema, { type: InteractionResponseType.Modal, data });
}

const PERMISSIONS = [
  'ViewChannel',
  'Connect',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'ReadMessageHistory',
] as const satisfies readonly NamedPermission[];

/** A channel in which as much is wrong as can be. */
function ailing(index: number, purposes: readonly ChannelPurpose[]): ChannelDiagnosis {
  const isGranted = index % 2 === 0;
  const isGrantedInServer = index % 3 === 0;
  return {
    channelId: String(9 * 10 ** 18 + index),
    name: 'n'.repeat(100),
    purposes,
    isGone: index % 5 === 4,
    wanted: index % 7 === 6 ? undefined : PERMISSIONS.map((name) => ({ name, isGranted, isGrantedInServer })),
    problem: isGranted ? undefined : 'missingPermissions',
    pause: { problem: 'refused', since: bench.clock.now(), detail: '*\n'.repeat(LARGEST % 1_000) },
    waiting: LARGEST,
    holds: [
      { by: 'quietHours', until: bench.clock.now() },
      { by: 'budget', until: bench.clock.now() },
    ],
    nextAt: bench.clock.now(),
  };
}

function diagnoses(t: Translate): void {
  const chosen: ChannelPurpose[][] = [['announcements', 'log', 'here'], ['log'], ['here']];
  for (const count of [0, 1, 3, 25, 500]) {
    const channels = Array.from({ length: count }, (_, index) => ailing(index, chosen[index] ?? ['other']));
    const ill = { announces: false, isHeard: false, timedOutUntil: bench.clock.now(), channels };
    check(doctorView(t, ill));
    check(doctorView(t, { ...ill, announces: true, isHeard: true, timedOutUntil: undefined }));
  }
  const well = { ...ailing(0, ['announcements']), pause: undefined };
  const all = { announces: true, isHeard: true, timedOutUntil: undefined, channels: [well] };
  check(doctorView(t, all));
}

const ADMIN = { guildId: MIRA.guildId, userId: '9'.repeat(19) };

/** What an admin did to Mira, with the longest reason. */
function adjustment(asset: Asset, change: number): BalanceAdjusted {
  const data = {
    ...{ asset, change, before: LARGEST, after: LARGEST, adminId: ADMIN.userId, undoes: null },
    reason: '*'.repeat(LONGEST_REASON),
  };
  return bench.act((tx) => tx.publish(balanceAdjusted, { ...MIRA, data }));
}

/** A page of the record, full of the longest entries. */
function adminActions(t: Translate): void {
  const { world } = bench;
  const [itemId = ''] = ITEM_IDS;
  const granted = adjustment(itemAsset(itemId), 1_000_000);
  for (const each of [granted, adjustment('xp', -1_000_000)]) check(adjustmentView(t, each));
  bench.act((tx) => {
    const channels = Array.from({ length: 50 }, (_, index) =>
      String(900_000_000_000_000_000n + BigInt(index)),
    );
    bench.game.settings.set(tx, MIRA.guildId, ADMIN.userId, ignoredChannels, channels);
  });
  const [changed] = bench.published('settingsChanged').slice(-1);
  const undone = { adminId: ADMIN.userId, at: world.clock.now() };
  const entries = [granted, changed ?? never()].map((event) => {
    const action = { event, adminId: ADMIN.userId, undoes: null, undone };
    check(undoQuestionView(t, { proposalId: 'x'.repeat(22), action }));
    expect(actionLabel(t, action)).not.toBe('');
    return action;
  });
  for (const about of [undefined, MIRA.userId]) {
    const look = { readerId: ADMIN.userId, about };
    for (const action of entries) {
      const page = { entries: Array.from({ length: ACTIONS_PER_PAGE }, () => action), number: 1, count: 999 };
      check(adminLogView(t, { ...look, page: { ...page, total: LARGEST } }));
    }
    check(adminLogView(t, { ...look, page: { entries: [], number: 0, count: 1, total: 0 } }));
  }
}

/** Everything that somebody ever had, and the story of it with the longest lines. */
function explanations(t: Translate): void {
  const { game, world, clock } = bench;
  const look = { readerId: ADMIN.userId, userId: MIRA.userId };
  const most = { came: LARGEST, went: LARGEST, now: LARGEST };
  const flows = ITEM_IDS.map((itemId) => ({ asset: itemAsset(itemId), ...most }));
  for (const shown of [[], flows]) checkPages((page) => summaryView(t, { ...look, flows: shown, page }));
  const workbench = game.crafting.workbench(world.reader, MIRA, clock.now());
  const [everywhere = ''] = ITEM_IDS;
  const event = adjustment(itemAsset(everywhere), LARGEST);
  const line = { change: -LARGEST, balance: LARGEST, occurredAt: clock.now(), event };
  const lines = Array.from({ length: LINES_PER_PAGE }, () => ({
    ...line,
    cause: undefined,
    craft: undefined,
  }));
  const story = { asset: itemAsset(everywhere), ...most, lines, number: 1, count: 999 };
  const view = storyView(t, { ...look, story, workbench });
  check(view);
  expect(view.embeds[0]?.description).toContain(t('explain:aside.more', { count: 1 }).slice(0, 3));
  check(storyView(t, { ...look, story: { ...story, lines: [], number: 0, count: 1 }, workbench }));
}

/** The views of each file. */
function forgetting(t: Translate): void {
  const question = { here: 'x'.repeat(22), everywhere: 'y'.repeat(22), servers: LARGEST };
  check(forgettingQuestionView(t, question));
  check(forgettingQuestionView(t, { ...question, here: undefined, servers: 1 }));
  check({ content: forgottenText(t, { deleted: LARGEST, anonymized: LARGEST, cancelled: LARGEST }) });
}

const VIEWS: Readonly<Record<string, (t: Translate) => void>> = {
  achievements: people,
  adjustment: adminActions,
  'admin-log': adminActions,
  crafts,
  daily: belongings,
  doctor: diagnoses,
  explanation: explanations,
  gifts: belongings,
  help,
  inventory: inventoryPages,
  item: items,
  leaderboard: people,
  notify: notifications,
  plan: crafts,
  preferences: people,
  privacy: forgetting,
  profile: people,
  'recipe-choice': crafts,
  recipe: recipes,
  recipes: recipePages,
  salvage: belongings,
  'settings-panel': settings,
  setup: settings,
  trips,
  undo: adminActions,
};

/** `announcements` are the cards below, and colours are no view. */
const ELSEWHERE = ['announcements', 'announcements-page', 'colours'];

/** One announcement of each kind, as long as it can get. */
function subjects(): AnnouncementSubject[] {
  const { catalog } = bench.game;
  const [itemId = ''] = ITEM_IDS;
  const [placeId = ''] = catalog.current.places.keys();
  const [achievementId = ''] = catalog.current.achievements.keys();
  const items = ITEM_IDS.slice(0, 20).map((each) => ({ itemId: each, quantity: LARGEST }));
  const amounts = { quantity: LARGEST, masterworks: 25 };
  return [
    { kind: 'achievement', achievementId },
    {
      kind: 'adjustment',
      ...{ asset: itemAsset(itemId), change: -LARGEST, reason: '*'.repeat(LONGEST_REASON) },
      ...{ adminId: ADMIN.userId, isUndo: true },
    },
    { kind: 'adminAction', eventId: adjustment(itemAsset(itemId), -LARGEST).id },
    { kind: 'channelPaused', channelId: WORKSHOP, problem: 'missingPermissions' },
    { kind: 'craftFinished', craftId: 'x'.repeat(22), recipeId: itemId, itemId, ...amounts, xp: LARGEST },
    { kind: 'engagement', xp: LARGEST, items },
    { kind: 'gift', from: TOBIN.userId, itemId, quantity: LARGEST },
    { kind: 'greeting' },
    { kind: 'levelMilestone', level: 100 },
    { kind: 'levelUp', from: 1, to: 100 },
    { kind: 'rareAchievement', achievementId },
    { kind: 'rareItem', itemId, ...amounts },
    { kind: 'serverMilestone', milestone: 1_000_000_000_000 },
    { kind: 'testMessage', channelId: WORKSHOP },
    { kind: 'tripReturned', tripId: 'x'.repeat(22), placeId, items, xp: LARGEST },
  ];
}

/** Mira has everything at work that she can have at work, and is on a trip. */
function keepBusy(): void {
  const { act, game } = bench;
  const recipes = [...game.catalog.current.recipes.values()].filter(({ level }) => level === 1).slice(0, 60);
  for (const recipe of recipes) {
    act((tx) => {
      game.players.ensure(tx, ACTOR);
      game.inventory.give(tx, ACTOR, recipeInputs(recipe), ring(tx));
      game.crafting.startCraft(tx, { ...ACTOR, recipeId: recipe.id, quantity: 1 });
    });
  }
  const [placeId = ''] = game.catalog.current.places.keys();
  act((tx) => game.gathering.setOut(tx, ACTOR, { placeId, supplies: true }));
}

describe('with 500 kinds of items and the longest names, Discord takes', () => {
  test('what nobody forgot to look at: the views of every file and every card', () => {
    const files = readdirSync(join(PROJECT_ROOT, 'src/discord/views')).map((file) => file.slice(0, -3));
    expect([...Object.keys(VIEWS), ...ELSEWHERE].sort()).toEqual(files.sort());
    const cards = [...container.stores.get('cards').keys()].sort();
    expect(subjects().map(({ kind }) => kind)).toEqual(cards);
  });

  describe.each(['en-US', 'de'])('in %s', (language) => {
    const looks = [...new Set(Object.values(VIEWS))].map((look) => ({ look, name: look.name }));

    test.each(looks)('the views: $name', ({ look }) => {
      look(translator(language));
    });

    test('what is offered while typing', () => {
      const choices = itemChoices(translator(language), MIRA);
      expect(choices).toHaveLength(500);
      checkChoices(choices);
      checkChoices(assetChoices(translator(language)));
    });

    test.each([1, 5, 10, 2_000])('%i announcements of any kind at once', (count) => {
      bench.act((tx) => bench.game.players.ensure(tx, { ...ACTOR, ...LONGEST_PORTRAIT, locale: language }));
      for (const subject of subjects()) {
        for (const outletId of [WORKSHOP, MIRAS]) {
          const told = Array.from({ length: count }, (_, index) => announcementOf(subject, outletId, index));
          checkMessageBody(composeMessage(told, 'y'.repeat(22)));
        }
      }
    });

    test('a page of what a digest counts, and an inbox', () => {
      const t = translator(language);
      for (const subject of subjects()) {
        const told = Array.from({ length: 100 }, (_, index) => announcementOf(subject, WORKSHOP, index));
        const look = { announcements: told, messageId: 'y'.repeat(22), readerId: '9'.repeat(19) };
        checkPages((page) => announcementsPageView(t, { ...look, page }));
        for (const count of [1, 10, 100]) {
          for (const outletId of [WORKSHOP, MIRAS]) {
            const waiting = told.slice(0, count).map((each) => ({ ...each, outletId }));
            check(inboxView(t, waiting).view);
          }
        }
      }
    });
  });
});

const LONGEST_PORTRAIT = {
  name: 'W'.repeat(32),
  avatar: `https://cdn.discordapp.com/${'a'.repeat(100)}.webp`,
};

/** One of many that tell the same, each about another thing. */
function announcementOf(subject: AnnouncementSubject, outletId: string, index: number): Announcement {
  const { audience } = container.stores.get('cards').get(subject.kind) ?? never();
  const other = JSON.stringify(subject).replaceAll('x'.repeat(22), String(index).padStart(22, 'x'));
  return {
    id: String(index),
    ...MIRA,
    audience,
    channelId: WORKSHOP,
    outletId,
    rung: 0,
    pings: index % 2 === 0,
    subject: JSON.parse(other) as AnnouncementSubject,
    state: 'pending',
    reason: null,
    occurredAt: bench.clock.now(),
    endedAt: null,
    messageId: null,
    isCounted: false,
  };
}

/** What Discord would say to it, and that something is told. */
function checkMessageBody({ body, shown, counted }: Composed): void {
  expect(shown.length).toBeGreaterThan(0);
  expect(new Set([...shown, ...counted]).size).toBe(shown.length + counted.length);
  checked(MessageCreateRequestSchema, body);
  checkMessage(body as MessageBody);
}

function never(): never {
  throw new Error('That is not there.');
}
