import { container } from '@sapphire/framework';
import { type Asset, itemAsset } from '../world/ledger.ts';
import type { Choice } from './choices.ts';
import { plainText } from './plain-text.ts';
import { itemName, type Translate } from './translate.ts';
import { typedItem } from './typed-names.ts';

/** How XP are called where they stand among items: no item has this id. */
const XP = 'xp';

const ITEM = itemAsset('');

/** An asset as it stands in a custom id or is picked from a list: the item's id, or `xp`. */
export function assetKey(asset: Asset): string {
  return asset === XP ? XP : asset.slice(ITEM.length);
}

/** The asset that a key stands for, which came from outside: its item need not exist. */
export function assetOfKey(key: string): Asset {
  return key === XP ? XP : itemAsset(key);
}

/** What somebody typed the name of; else an item called like what they typed, for the game to refuse. */
export function typedAsset(t: Translate, typed: string): Asset {
  return typed.trim().toLowerCase() === t('assets:xp').toLowerCase() ? XP : assetOfKey(typedItem(t, typed));
}

/** How an asset is shown within a sentence; what the content doesn't know any more by its id. */
export function assetName(t: Translate, asset: Asset): string {
  if (asset === XP) return `⭐ ${t('assets:xp')}`;
  const itemId = assetKey(asset);
  return isKnown(itemId) ? itemName(t, itemId) : `📦 ${plainText(itemId)}`;
}

/** How an asset is called where nothing but text can stand: on a button, in a list to pick from. */
export function assetLabel(t: Translate, asset: Asset): string {
  const key = assetKey(asset);
  if (asset === XP) return t('assets:xp');
  return isKnown(key) ? t(`items:${key}.name`) : key;
}

/** So much of it, such as "3 × 🪵 Oak Log" or "50 XP". */
export function assetAmount(t: Translate, asset: Asset, amount: number): string {
  return amountOf(t, asset, amount, assetName(t, asset));
}

/** The same where nothing but text can stand. */
export function assetAmountLabel(t: Translate, asset: Asset, amount: number): string {
  return amountOf(t, asset, amount, assetLabel(t, asset));
}

function amountOf(t: Translate, asset: Asset, amount: number, item: string): string {
  return asset === XP ? t('assets:amount.xp', { amount }) : t('assets:amount.item', { amount, item });
}

/** Everything there is to pick from while typing: XP first, then the items by name. */
export function assetChoices(t: Translate): Choice[] {
  const items = [...container.game.catalog.current.items.keys()].map((value) => ({
    name: t(`items:${value}.name`),
    value,
  }));
  items.sort((one, other) => one.name.localeCompare(other.name));
  return [{ name: assetLabel(t, XP), value: XP }, ...items];
}

/** What somebody has or had, to pick from while typing, with how much of it there is; in the order given. */
export function holdingChoices<Held extends { readonly asset: Asset; readonly now: number }>(
  t: Translate,
  holdings: readonly Held[],
): (Choice & Held)[] {
  return holdings.map((held) => {
    const name = assetLabel(t, held.asset);
    const label = t('assets:choice', { name, quantity: held.now });
    return { ...held, name, label, value: assetKey(held.asset) };
  });
}

function isKnown(itemId: string): boolean {
  return container.game.catalog.current.items.has(itemId);
}
