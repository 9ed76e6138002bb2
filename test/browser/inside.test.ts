import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPageWithInside } from '../playground/onPage.ts';
import { closeBrowser, openPage } from './support.ts';

const KEY = 'completeCrafting:c1';
const RUN = { kind: 'run', key: KEY, task: 'completeCrafting', at: 3 } as const;

let stage: Awaited<ReturnType<typeof openPageWithInside>>;

beforeAll(async () => {
  stage = await openPageWithInside();
  stage.page.botState('ready', 'The bot is ready');
});

afterAll(async () => {
  await closeBrowser();
  await stage.close();
});

test('a story grows while it is looked at, and says of what it could not see that it did not', async () => {
  const { discord, tellInside } = stage;
  const view = await openPage(`${discord.url}/#Mira/workshop`);
  const step = (title: string, note: string) =>
    view.locator('.step', { hasText: title }).filter({ hasText: note });
  await view.locator('#show-inside').click();
  tellInside({ kind: 'start', pid: 1, at: 1 });
  await view.locator('.step', { hasText: 'Start of the bot' }).waitFor();
  const asked = { task: 'completeCrafting', id: 'c1', key: KEY, dueAt: 3, payload: {} };
  const transaction = { kind: 'transaction', id: 't', cause: 'start of crafts', at: 2, took: 1 } as const;
  tellInside({ ...transaction, outcome: 'committed', events: [], jobs: [asked], more: 0 });
  await step('completeCrafting', 'due').waitFor();
  tellInside({ ...RUN, run: 1, state: 'started' });
  await step('completeCrafting', 'runs').first().waitFor();
  tellInside({ kind: 'gap', left: 1, runs: [] });
  await view.locator('#trail').selectOption({ label: '00:00:00 Start of the bot' });
  const lost = step('completeCrafting', 'its end was not seen').first();
  await lost.waitFor();
  // What is clipped to a pixel counts as visible too.
  expect((await lost.boundingBox())?.width).toBeGreaterThan(100);

  const titles = ['Start of the bot', 'Transaction', 'completeCrafting', 'completeCrafting'];
  expect(await view.locator('.step .title').allInnerTexts()).toEqual(titles);
  tellInside({ ...RUN, run: 2, state: 'started' });
  tellInside({ ...RUN, run: 2, state: 'ended', took: 7 });
  await step('completeCrafting', '7 ms').waitFor();
  expect(await view.locator('.step .title').allInnerTexts()).toEqual([...titles, 'completeCrafting']);
});
