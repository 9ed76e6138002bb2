import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../playground/chromium.ts';
import { PlaygroundProcess } from '../playground/playgroundProcess.ts';

/**
 * Takes the pictures of the README and the documentation, by playing the playground's scenes in Chromium:
 * `npm run pictures`, or `npm run pictures -- first-craft` for those of one scene.
 */
const ROOT = resolve(import.meta.dirname, '..');
const SCENES = join(ROOT, 'playground', 'scenes');
const PICTURES = join(ROOT, 'docs', 'pictures');

/** What a picture shows: a window of this size. */
const SIZE = { width: 1200, height: 760 };

const wanted = process.argv.slice(2);
const names = (await readdir(SCENES))
  .filter((file) => file !== 'scene.ts')
  .map((file) => file.replace('.ts', ''));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no scene "${unknown.join('", "')}". There are: ${names.join(', ')}\n`);
  process.exit(2);
}

mkdirSync(PICTURES, { recursive: true });
const browser = await launchChromium();
const { playground, url } = await PlaygroundProcess.open();
try {
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'dark' });
  for (const name of wanted.length > 0 ? wanted : names)
    await takePictures(page, `${url}/?scene=${name}&pace=fast&pictures`);
} finally {
  await browser.close();
  await playground.remove();
}

/** Plays a scene, and takes a picture wherever it says so. @throws Error when the scene fails */
async function takePictures(page: Page, address: string): Promise<void> {
  await page.goto(address);
  for (;;) {
    await page.waitForSelector('html[data-picture], html[data-scene="done"], html[data-scene="failed"]', {
      state: 'attached',
    });
    const picture = await page.locator('html').getAttribute('data-picture');
    if (picture === null) break;
    // What is being drawn is drawn to its end.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await page.screenshot({ path: join(PICTURES, `${picture}.png`) });
    process.stdout.write(`docs/pictures/${picture}.png\n`);
    await page.evaluate("dispatchEvent(new Event('picture-taken'))");
    await page.waitForSelector(`html:not([data-picture="${picture}"])`, { state: 'attached' });
  }
  if ((await page.locator('html').getAttribute('data-scene')) !== 'done')
    throw new Error(await page.locator('.caption').innerText());
}
