import { expect, test } from 'vitest';
import type { MessageRecord } from '../../playground/discord/model/records.ts';
import { Stage } from '../support/stage.ts';
import { stockWorld } from '../support/stocked-world.ts';

const SOUGHT = '`x`|<@1>|@everyone'.replaceAll('|', ' ');

/** The lines that name an item, such as "3 × 🪵 Oak Log". */
function itemLines({ embeds }: MessageRecord): string[] {
  return (embeds[0]?.description ?? '').split('\n').filter((line) => /^[\d,.]+ × /.test(line));
}

/** The custom id of a button. */
function idOf(message: MessageRecord, label: RegExp): string {
  const buttons = JSON.stringify(message.components).matchAll(/"custom_id":"([^"]+)","label":"([^"]+)"/g);
  for (const [, id = '', text = ''] of buttons) if (label.test(text)) return id;
  throw new Error(`There is no button ${label}.`);
}

test('an inventory is turned from its first page to its last, also after a restart, and nothing is left out', async () => {
  const stage = await Stage.set();
  const itemIds = stockWorld(stage, stage.mira, 1_000);
  await stage.startBot();
  const mira = stage.discord.as(stage.mira, stage.workshop);

  let page = await mira.command('/inventory', { sort: 'name' }).message();
  expect(page.visibleTo).toBe(stage.mira.id);
  const pages = [itemLines(page)];
  const count = Math.ceil(itemIds.length / 15);
  expect(page.embeds[0]?.footer?.text).toBe(
    `${itemIds.length} kinds of items · ${itemIds.length},000 pieces in all`,
  );
  for (let number = 2; number <= count; number++) {
    if (number === 3) {
      await stage.bot.stop();
      await stage.startBot();
    }
    page = await mira.press(page, 'Next ▶').message();
    expect(JSON.stringify(page.components)).toContain(`Page ${number} of ${count}`);
    pages.push(itemLines(page));
  }
  expect(() => mira.press(page, 'Next ▶')).toThrow('disabled');
  expect(pages.slice(0, -1).every((lines) => lines.length === 15)).toBe(true);
  expect(new Set(pages.flat()).size).toBe(itemIds.length);
  const names = pages.flat().map((line) => line.replace(/^\S+ × \S+ /, ''));
  expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other)));

  const back = await mira.press(page, '◀ Back').message();
  expect(itemLines(back)).toEqual(pages.at(-2));
  expect(stage.discord.refusals).toEqual([]);
});

test('what is left of an inventory is shown where its page is gone, and what is at work is not in it', async () => {
  const stage = await Stage.set();
  stockWorld(stage, stage.mira, 2);
  await stage.startBot();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const first = await mira.command('/inventory', { sort: 'amount', search: 'iron' }).message();
  expect(itemLines(first)).toContain('2 × 🔪 Iron Blade');
  await stage.craft('iron_sword', 2);
  const later = await mira.command('/inventory', { sort: 'amount', search: 'iron' }).message();
  expect(itemLines(later)).not.toContain('2 × 🔪 Iron Blade');
  expect(later.embeds[0]?.footer?.text).toContain(
    'What is at work or waiting for it is not in here: /crafting',
  );

  const beyond = mira.pressRaw(first, `inventoryPage:999:${stage.mira.id}:name:::`);
  expect(JSON.stringify((await beyond.message()).components)).toMatch(/Page (\d+) of \1"/);
});

test('an inventory is sorted and filtered as it was asked for', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const shown = async (options: Record<string, string>) => {
    const message = await mira.command('/inventory', options).message();
    return message.embeds[0]?.description?.split('\n') ?? [];
  };
  expect((await shown({})).slice(0, 4)).toEqual([
    '**Uncommon**',
    '1 × 🔪 Iron Blade',
    '2 × ✨ Star Shard',
    '**Common**',
  ]);
  expect((await shown({ sort: 'amount' }))[0]).toBe('20 × 🪵 Oak Log');
  expect((await shown({ sort: 'category' }))[0]).toBe('**Raw material**');
  expect(await shown({ category: 'component' })).toEqual([
    '-# Only: Component',
    '**Uncommon**',
    '1 × 🔪 Iron Blade',
    '**Common**',
    '1 × 🥢 Tool Handle',
  ]);
  expect(await shown({ rarity: 'uncommon', search: 'shrad' })).toEqual([
    '-# Only: Uncommon, “shrad”',
    '**Uncommon**',
    '2 × ✨ Star Shard',
  ]);
  expect(await shown({ rarity: 'legendary' })).toEqual([
    '-# Only: Legendary',
    expect.stringMatching(
      /^Nothing of yours fits that\. Try another filter, or <\/inventory:\d+> without one\.$/,
    ),
  ]);
});

test('what somebody seeks is shown as it stands, survives the pages, and pings nobody', async () => {
  const stage = await Stage.set();
  stockWorld(stage, stage.mira, 1);
  await stage.startBot();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const nothing = await mira.command('/inventory', { search: SOUGHT }).message();
  expect(nothing.embeds[0]?.description).toContain('“\\`x\\` \\<@\u200B1\\> @\u200Beveryone”');
  expect(nothing.pinged).toEqual(stage.discord.as(stage.mira, stage.workshop).say('hello').pinged);

  const found = await mira.command('/inventory', { search: ': e:' }).message();
  const next = await mira.press(found, 'Next ▶').message();
  expect(next.embeds[0]?.description).toContain('“e”');
});

test('pages are turned by who asked for them, and a button that was made up is refused', async () => {
  const stage = await Stage.set();
  stockWorld(stage, stage.mira, 1);
  await stage.startBot();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const tobin = stage.discord.as(stage.tobin, stage.workshop);
  const page = await mira.command('/inventory').message();
  const id = idOf(page, /Next/);
  expect((await tobin.pressRaw(page, id).message()).content).toMatch(/^Somebody else is reading these\./);
  for (const made of [
    id.replace(':1:', ':-1:'),
    id.replace(':1:', ':1e999:'),
    id.replace('rarity', 'age'),
    `${id}:more`,
    `${id}${'x'.repeat(26)}`,
    'inventoryPage',
    'inventoryPage:::::::',
  ]) {
    expect((await mira.pressRaw(page, made).message()).content, made).toMatch(/^That does not work/);
  }
});

test('an inventory is told in the language of who looks at it, and counts what a search leaves out', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const german = stage.discord.addUser({ name: 'Uwe', locale: 'de' });
  stage.discord.addMember(stage.guild, german);
  const uwe = stage.discord.as(german, stage.workshop);
  expect((await uwe.command('/inventory').message()).embeds[0]).toMatchObject({
    title: 'Dein Inventar',
    footer: { text: '9 Sorten · 65 Stück insgesamt' },
  });
  expect((await mira.command('/inventory', { search: 'zzz' }).message()).embeds[0]?.footer?.text).toBe(
    '0 kinds of items · 0 pieces in all · 9 other kinds hidden',
  );
});
