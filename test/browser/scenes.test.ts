import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorldView } from '../../playground/page/protocol.ts';
import type { Scene } from '../../playground/scenes/scene.ts';
import { closePlayground, openPage, openPlayground } from './support.ts';

/** Who owns the server of every scene. */
const ODETTE = '1200000000000001000';
const FOLDER = resolve(import.meta.dirname, '../../playground/scenes');

/** Every scene, as the page finds them. */
const files = (await readdir(FOLDER)).filter((file) => file !== 'scene.ts');
const scenes = await Promise.all(
  files.map(async (file) => ((await import(join(FOLDER, file))) as { readonly scene: Scene }).scene),
);

let url: string;

beforeAll(async () => {
  url = await openPlayground();
});

afterAll(closePlayground);

test.each(scenes)('the scene “$title” goes as it is told', async ({ name }) => {
  const page = await openPage(`${url}/?scene=${name}&pace=fast`);
  await expectDone(page);
});

test('a scene that is played again closes the server that it was played in before', async () => {
  const page = await openPage(`${url}/?scene=first-craft&pace=fast`);
  await expectDone(page);
  const before = await serversOf(ODETTE);
  await page.getByRole('button', { name: 'Again', exact: true }).click();
  await page.waitForSelector('html[data-scene="playing"]', { state: 'attached' });
  await expectDone(page);
  const after = await serversOf(ODETTE);
  expect(after).toHaveLength(before.length);
  expect(after).not.toEqual(before);
});

/** Waits until the scene is over, and expects that all of it was seen. */
async function expectDone(page: Page): Promise<void> {
  await page.waitForSelector('html:not([data-scene="playing"])[data-scene]', { state: 'attached' });
  const caption = await page.locator('.caption').innerText();
  expect(await page.locator('html').getAttribute('data-scene'), caption).toBe('done');
}

/** The ids of the servers that somebody is in. */
async function serversOf(personId: string): Promise<string[]> {
  const world = (await (await fetch(`${url}/play/world?as=${personId}`)).json()) as WorldView;
  return world.servers.map(({ id }) => id);
}
