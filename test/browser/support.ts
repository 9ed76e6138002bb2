import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { launchChromium } from '../../playground/chromium.ts';
import { PlaygroundProcess } from '../../playground/playgroundProcess.ts';

let browser: Promise<Browser> | undefined;
let playground: PlaygroundProcess | undefined;

/** How long something may take to be seen: far longer than it should, for slow machines. */
const PATIENCE = 120_000;

export interface ViewOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
}

/**
 * Opens a page in a Chromium of this file's own, as somebody who never was there. When the test ends, nothing may have
 * gone wrong in it that only its console knows of.
 */
export async function openPage(
  address: string,
  { width = 1280, height = 800, scheme = 'dark' }: ViewOptions = {},
): Promise<Page> {
  browser ??= launchChromium();
  const context = await (await browser).newContext({ viewport: { width, height }, colorScheme: scheme });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(address);
  return page;
}

/** Starts a playground of this file's own: for `beforeAll`. @returns the address of its page */
export async function openPlayground(): Promise<string> {
  const opened = await PlaygroundProcess.open();
  playground = opened.playground;
  return opened.url;
}

/** Ends the browser, and then the playground: for `afterAll`. */
export async function closePlayground(): Promise<void> {
  await closeBrowser();
  await playground?.remove();
  playground = undefined;
}

/** Ends the browser, where there is no playground: for `afterAll`. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Waits until there is a message with these words, and returns the newest of them. */
export async function seen(page: Page, words: string | RegExp) {
  const message = page.locator('#messages > li').filter({ hasText: words }).last();
  await message.waitFor();
  return message;
}
