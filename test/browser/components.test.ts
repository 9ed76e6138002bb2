import type { Client } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage as openDiscord } from '../playground/onPage.ts';
import { logIn } from '../playground/stage.ts';
import { closeBrowser, openPage } from './support.ts';

const ANNOUNCEMENTS = 5;

const COMMAND = {
  name: 'herald',
  description: 'Where to tell what is new',
  options: [
    { type: 7, name: 'where', description: 'Where', required: true, channel_types: [ANNOUNCEMENTS] },
    { type: 7, name: 'other', description: 'Any other place' },
  ],
};

let stage: Awaited<ReturnType<typeof openDiscord>>;
let client: Client<true>;

beforeAll(async () => {
  stage = await openDiscord();
  client = await logIn(stage.discord, { commands: [COMMAND] });
  stage.page.botState('ready', 'The bot is ready');
});

afterAll(async () => {
  await closeBrowser();
  await client.destroy();
  await stage.close();
});

test('only channels of the types that are asked for are offered', async () => {
  const { discord, anvil } = stage;
  discord.addChannel(anvil.guild, { name: 'herald', type: ANNOUNCEMENTS });
  await client.rest.post(`/channels/${anvil.workshop.id}/messages`, {
    body: {
      components: [
        {
          type: 1,
          components: [{ type: 8, custom_id: 'news', placeholder: 'News', channel_types: [ANNOUNCEMENTS] }],
        },
        { type: 1, components: [{ type: 8, custom_id: 'any', placeholder: 'Anywhere' }] },
      ],
    },
  });
  const view = await openPage(`${discord.url}/#Mira/workshop`);
  const offered = (select: string) => view.getByLabel(select).locator('option').allInnerTexts();
  await view.getByLabel('News').waitFor();
  expect(await offered('News')).toEqual(['News', '#herald']);
  expect(await offered('Anywhere')).toHaveLength(5);

  await view.locator('#box').pressSequentially('/herald ');
  await view.locator('#option-where:focus').waitFor();
  expect(await view.locator('#suggestions .suggestion-title').allInnerTexts()).toEqual(['#herald']);
  await view.locator('#option-other').focus();
  await view.locator('#suggestions .suggestion-title', { hasText: '#tavern' }).waitFor();
  expect(await view.locator('#suggestions .suggestion-title').count()).toBe(4);
});
