import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { RARITIES } from '../../src/events/rarity.ts';
import type { BalanceAdjusted } from '../../src/game/admin/adjustments.ts';
import {
  announcementRarity,
  levelMilestone,
  logChannel,
  quietHours,
} from '../../src/game/announcements/settings.ts';
import { engagementEnabled, ignoredChannels } from '../../src/game/engagement/settings.ts';
import { Refusal } from '../../src/game/refusal.ts';
import type { SettingDefinition } from '../../src/game/settings/definitions.ts';
import { xpFactor } from '../../src/game/terms/settings.ts';
import type { DomainEvent } from '../../src/world/event.ts';
import { type Asset, type Holder, itemAsset } from '../../src/world/ledger.ts';
import { MIRA, WORKSHOP } from './game.ts';
import type { PieceBench } from './pieces.ts';
import { ACTORS, WARDEN } from './town.ts';

/** Something that those who run a server do. What the numbers mean depends on what there is to choose from by then. */
export interface AdminDeed {
  readonly kind: 'grant' | 'take' | 'set';
  readonly who: number;
  readonly which: number;
  readonly amount: number;
}

/** A grant or a take. */
export interface AdjustmentDeed extends AdminDeed {
  readonly kind: 'grant' | 'take';
}

export const adjustmentDeed: fc.Arbitrary<AdjustmentDeed> = fc.record({
  kind: fc.constantFrom('grant', 'take'),
  who: fc.nat(99),
  which: fc.nat(9_999),
  // Some XP open slots, and what is taken is now and then more than there is.
  amount: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(900, 9_000, 200_000)),
});

export const adminDeed: fc.Arbitrary<AdminDeed> = fc.oneof(
  { weight: 4, arbitrary: adjustmentDeed },
  { weight: 1, arbitrary: adjustmentDeed.map((deed): AdminDeed => ({ ...deed, kind: 'set' })) },
);

/** What a deed is about: who, in which server, and what of theirs. */
export interface Target {
  readonly player: Holder;
  readonly admin: Holder;
  readonly asset: Asset;
}

/** Whom a deed is about. Whoever has never played becomes a player before: that is no part of the deed. */
export function aim({ game, world, act }: PieceBench, { kind, who, which }: AdminDeed): Target {
  const { guildId, userId } = ACTORS[who % ACTORS.length] ?? MIRA;
  const player = { guildId, userId };
  act((tx) => game.players.ensure(tx, player));
  const items = kind === 'take' ? game.inventory.list(world.reader, player) : game.catalog.current.items;
  const assets: Asset[] = ['xp', ...[...items.keys()].map(itemAsset)];
  // XP as often as everything else together: the level follows from them.
  const asset = which % 2 === 0 ? 'xp' : (assets[which % assets.length] ?? 'xp');
  return { player, admin: { guildId, userId: WARDEN }, asset };
}

/** What can be set to what: something of every shape that a value can have. */
const WISHES: readonly Wish[] = [
  wish(announcementRarity, RARITIES),
  wish(levelMilestone, [1, 5, 100]),
  wish(engagementEnabled, [true, false]),
  wish(logChannel, [null, WORKSHOP]),
  wish(ignoredChannels, [[], [WORKSHOP], [WORKSHOP, '800000000000000002']]),
  wish(quietHours, [null, { from: 0, until: 60, timeZone: 'UTC' }]),
  wish(xpFactor, [
    { base: 1, boost: null },
    { base: 2, boost: null },
    { base: 1, boost: { factor: 3, until: 9e12 } },
  ]),
];

type Wish = readonly [SettingDefinition, readonly unknown[]];

function wish<Value>(definition: SettingDefinition<Value>, values: readonly NoInfer<Value>[]): Wish {
  return [definition, values];
}

/** Does it. @returns undefined where it is refused, or changes nothing */
export function carryOut(bench: PieceBench, deed: AdminDeed, target: Target): DomainEvent | undefined {
  const { settings } = bench.game;
  const { admin } = target;
  if (deed.kind === 'set') {
    const [definition, values] = WISHES[deed.which % WISHES.length] ?? [announcementRarity, RARITIES];
    const value = values[deed.amount % values.length];
    return bench.act((tx) => settings.set(tx, admin.guildId, admin.userId, definition, value));
  }
  return adjust(bench, { ...deed, kind: deed.kind }, target);
}

/** Grants or takes. @returns undefined where it is refused */
export function adjust(
  bench: PieceBench,
  deed: Pick<AdjustmentDeed, 'kind' | 'amount'>,
  { player, admin, asset }: Target,
): BalanceAdjusted | undefined {
  const { adjustments } = bench.game;
  const wish = { userId: player.userId, asset, amount: deed.amount, reason: 'as the *warden* wants it' };
  return unlessRefused(() => bench.act((tx) => adjustments[deed.kind](tx, admin, wish)));
}

/** Undoes what an admin did, after a question. @returns undefined where it is refused */
export function undo(bench: PieceBench, admin: Holder, event: DomainEvent): true | undefined {
  const { undoing } = bench.game;
  return unlessRefused(() => {
    const { proposalId } = bench.act((tx) => undoing.propose(tx, admin, event.id));
    bench.act((tx) => undoing.accept(tx, admin, proposalId));
    return true;
  });
}

/** What is written down of what happened, was asked and told, and what is kept up by jobs: all else is the state. */
const NO_STATE = [
  'events',
  'ledger',
  'admin_actions',
  'interactions',
  'proposals',
  'announcements',
  'outlets',
  'outbox',
  'sqlite_sequence',
  '__drizzle_migrations',
];

/** Everything that is true of a world at the moment, by table. A balance of 0 is none; when a value was set is no state. */
export function stateOf({ world: { reader } }: PieceBench): Record<string, unknown[]> {
  const tables = reader
    .all<{ name: string }>(sql`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .map(({ name }) => name)
    .filter((name) => !NO_STATE.includes(name));
  const rowsOf = (name: string) => reader.all<Record<string, unknown>>(sql.raw(`SELECT * FROM ${name}`));
  return Object.fromEntries(
    tables.map((name) => [
      name,
      rowsOf(name)
        .filter(({ quantity }) => quantity !== 0)
        .map(({ changed_at: _, ...row }) => row),
    ]),
  );
}

function unlessRefused<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
