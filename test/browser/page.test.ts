import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seriousFaults } from './axe.ts';
import { closePlayground, openPage, openPlayground, seen, type ViewOptions } from './support.ts';

let url: string;

beforeAll(async () => {
  url = await openPlayground();
});

afterAll(closePlayground);

test('everything can be done with the keyboard only', async () => {
  const page = await openPage(url);
  await page.locator('#box').focus();
  await page.keyboard.type('/cra');
  await page.locator('#suggestions [role="option"]').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#option-recipe:focus').waitFor();
  await page.keyboard.type('iron sw');
  await page.locator('#suggestions [aria-selected="true"]', { hasText: 'Iron Sword' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const started = await seen(page, 'You start on');

  await tabTo(page, 'Cancel');
  await page.keyboard.press('Enter');
  await seen(page, 'You would get back');
  await tabTo(page, 'Give it up');
  await page.keyboard.press('Space');
  await seen(page, 'You gave up');
  expect(await started.count()).toBe(1);
});

test('two tabs are two people, who see at once what the other says, and not what is not for them', async () => {
  const mira = await openPage(`${url}/#Mira/tavern`);
  const tobin = await openPage(`${url}/#Tobin/tavern`);
  await mira.locator('#box').fill('Who has ore?');
  await mira.keyboard.press('Enter');
  await seen(tobin, 'Who has ore?');
  await tobin.locator('#box').fill('I have.');
  await tobin.keyboard.press('Enter');
  await seen(mira, 'I have.');

  await mira.locator('#box').pressSequentially('/inventory ');
  await mira.locator('#send').press('Enter');
  await seen(mira, 'Only you can see this');
  await mira.locator('#box').fill('Thank you!');
  await mira.keyboard.press('Enter');
  await seen(tobin, 'Thank you!');
  expect(await tobin.locator('#messages .ephemeral').count()).toBe(0);
});

test('a message has as many lines as one likes: Shift+Enter begins another, pasted ones stay, Enter sends', async () => {
  const page = await openPage(`${url}/#Mira/tavern`);
  const box = page.locator('#box');
  const height = async () => (await box.boundingBox())?.height ?? 0;
  await box.click();
  const oneLine = await height();
  await page.keyboard.type('Who has');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('ore');
  expect(await height()).toBeGreaterThan(oneLine);
  await page.keyboard.insertText('\ncoal\na hammer');
  await page.keyboard.press('Enter');
  const message = await seen(page, 'a hammer');
  expect(await message.locator('.text p').allInnerTexts()).toEqual(['Who has', 'ore', 'coal', 'a hammer']);
  expect(await height()).toBe(oneLine);

  await box.fill('\n'.repeat(200));
  expect(await height()).toBeLessThan(400);
  await box.fill('/craf');
  await page.locator('#suggestions [aria-selected="true"]', { hasText: '/craft' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#option-recipe:focus').waitFor();
});

test('a reload keeps who and where one is', async () => {
  const page = await openPage(`${url}/#Tobin/tavern`);
  await page.locator('#place-name', { hasText: '#tavern' }).waitFor();
  await page.locator('.place', { hasText: 'announcements' }).click();
  await page.locator('#place-name', { hasText: '#announcements' }).waitFor();
  await page.reload();
  await page.locator('#place-name', { hasText: '#announcements' }).waitFor();
  expect(await page.locator('#me option:checked').innerText()).toBe('Tobin');
});

test('somebody new and a server of one’s own are a name and a key away', async () => {
  const page = await openPage(`${url}/#Odette/workshop`);
  await page.getByRole('textbox', { name: 'Somebody new' }).fill('Ada');
  await page.keyboard.press('Enter');
  await page.locator('.people summary', { hasText: 'Ada' }).click();
  await page.getByRole('button', { name: 'Be Ada' }).click();
  await page.locator('#me option:checked', { hasText: 'Ada' }).waitFor({ state: 'attached' });
  await page.locator('#show-world').click();
  await page.getByRole('textbox', { name: 'New server' }).fill('The Kiln');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'The Kiln' }).first().click();
  await seen(page, 'Forgeling');
});

describe('for everybody', () => {
  // Each is somebody else, who has not seen what was answered to the others.
  const views: (ViewOptions & { readonly what: string; readonly who: string })[] = [
    { what: 'on a desktop, dark', who: 'Mira', scheme: 'dark' },
    { what: 'on a desktop, light', who: 'Tobin', scheme: 'light' },
    { what: 'on a phone, dark', who: 'Pip', scheme: 'dark', width: 390, height: 844 },
    { what: 'on a phone, light', who: 'Odette', scheme: 'light', width: 390, height: 844 },
  ];

  test.each(views)(
    'the page has no serious faults of accessibility $what',
    async ({ what: _, who, ...view }) => {
      const page = await openPage(`${url}/#${who}/announcements`, view);
      await page.locator('#box').pressSequentially('/help ');
      await page.locator('#send').press('Enter');
      await seen(page, 'Only you can see this');
      await closePanel(page);
      expect(await seriousFaults(page)).toEqual([]);
      for (const panel of ['people', 'inside', 'world', 'scenes']) {
        await closePanel(page);
        await page.locator(`#show-${panel}`).click();
        await page.locator(`#panel.${panel}`).waitFor();
        expect(await seriousFaults(page), panel).toEqual([]);
      }
    },
  );

  test('where there is little room, the keyboard goes into what is opened, and Escape comes back', async () => {
    const page = await openPage(`${url}/#Pip/tavern`, { width: 390, height: 844 });
    await page.locator('#show-world').press('Enter');
    await page.getByRole('button', { name: 'Close the panel' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#show-world:focus').waitFor();
    await page.locator('#menu').press('Enter');
    await page.locator('.place[aria-current]:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#menu:focus').waitFor();
  });

  test('nothing is wider than a phone', async () => {
    const page = await openPage(`${url}/#Greta/tavern`, { width: 390, height: 844 });
    const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
    await page.locator('#box').pressSequentially('/recipes ');
    await page.locator('#send').press('Enter');
    await seen(page, 'Only you can see this');
    expect(await width()).toBeLessThanOrEqual(390);
    for (const panel of ['people', 'inside', 'world', 'scenes']) {
      await closePanel(page);
      await page.locator(`#show-${panel}`).click();
      expect(await width(), panel).toBeLessThanOrEqual(390);
      // What lies over the messages takes no room from them.
      expect((await page.locator('main').boundingBox())?.width, panel).toBe(390);
    }
  });
});

async function closePanel(page: Page): Promise<void> {
  const pressed = page.locator('.tabs [aria-pressed="true"]');
  if ((await pressed.count()) === 0) return;
  // On a phone the panel lies over the tabs and has a button of its own.
  const close = page.getByRole('button', { name: 'Close the panel' });
  await ((await close.isVisible()) ? close : pressed).click();
  await page.locator('#panel').waitFor({ state: 'detached' });
}

async function tabTo(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label }).last().waitFor();
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Shift+Tab');
    const focused = await page.evaluate<string>("document.activeElement?.textContent?.trim() ?? ''");
    if (focused === label) return;
  }
  throw new Error(`The keyboard does not come to “${label}”.`);
}
