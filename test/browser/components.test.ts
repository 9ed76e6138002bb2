import type { Client } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage as openDiscord } from '../playground/onPage.ts';
import { logIn } from '../playground/stage.ts';
import { seriousFaults } from './axe.ts';
import { closeBrowser, openPage, seen } from './support.ts';

const ANNOUNCEMENTS = 5;

/** A picture of one point. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

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

test('a message of Components V2 is drawn: text, pictures, files, controls, and what is hidden', async () => {
  const { discord, anvil } = stage;
  const picture = (name: string) => ({ media: { url: `attachment://${name}` }, description: name });
  const body = {
    flags: 1 << 15,
    components: [
      { type: 10, content: '# The forge\n**hot** iron' },
      {
        type: 17,
        accent_color: 0xff8800,
        components: [
          {
            type: 9,
            components: [{ type: 10, content: 'Beside it' }],
            accessory: { type: 11, ...picture('one.png') },
          },
          { type: 14, spacing: 2 },
          { type: 12, items: [picture('one.png'), { ...picture('two.png'), spoiler: true }] },
          { type: 13, file: { url: 'attachment://notes.txt' } },
          {
            type: 9,
            components: [{ type: 10, content: 'Press it' }],
            accessory: { type: 2, style: 1, custom_id: 'deep', label: 'Strike' },
          },
        ],
      },
      { type: 17, spoiler: true, components: [{ type: 10, content: 'The end of the story' }] },
    ],
  };
  const files = ['one.png', 'two.png', 'notes.txt', 'not shown.txt'].map((name) => ({
    name,
    data: name.endsWith('.png') ? PIXEL : Buffer.from('a few notes'),
    contentType: name.endsWith('.png') ? 'image/png' : 'text/plain',
  }));
  await client.rest.post(`/channels/${anvil.tavern.id}/messages`, { body, files });

  const view = await openPage(`${discord.url}/#Mira/tavern`);
  const message = await seen(view, 'The forge');
  expect(await message.locator('.heading-1').innerText()).toBe('The forge');
  expect(await message.locator('strong').innerText()).toBe('hot');
  const shown = message.locator('.container').first();
  expect(await shown.getAttribute('style')).toContain('#ff8800');
  expect(await shown.locator('.section').first().locator('img').getAttribute('alt')).toBe('one.png');
  expect(await shown.locator('.gallery img:visible').count()).toBe(1);
  expect(await shown.locator('.file').innerText()).toMatch(/notes\.txt.*11 B/);
  expect(await message.getByText('not shown.txt').count()).toBe(0);
  expect(await seriousFaults(view)).toEqual([]);

  await shown.getByText('Spoiler').press('Enter');
  await shown.getByAltText('two.png').waitFor();
  expect(await message.getByText('The end of the story').isVisible()).toBe(false);
  await message.getByText('Spoiler').last().click();
  await message.getByText('The end of the story').waitFor();

  client.once('interactionCreate', (interaction) => {
    if (interaction.isButton()) interaction.reply('Struck!');
  });
  await message.getByRole('button', { name: 'Strike' }).press('Enter');
  await seen(view, 'Struck!');
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
