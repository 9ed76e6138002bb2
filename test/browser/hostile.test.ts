import type { Client } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAnvil } from '../../playground/anvil.ts';
import { LoopbackDiscord } from '../../playground/discord/index.ts';
import { Page } from '../../playground/page/page.ts';
import { logIn } from '../playground/stage.ts';
import { closeBrowser, openPage, seen } from './support.ts';

/** Sets a mark on the page if it is ever taken for markup. */
const SCRIPT = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

const EMBED = {
  title: SCRIPT,
  // Discord itself refuses addresses like this; the page must not lean on that.
  description: `[press me](javascript:window.hacked=1) ${SCRIPT} **bold** ||${SCRIPT}||`,
  author: { name: SCRIPT },
  footer: { text: SCRIPT },
  fields: [{ name: SCRIPT, value: SCRIPT }],
  image: { url: 'https://elsewhere.example/spy.png' },
};

const CONTAINER = {
  type: 17,
  accent_color: 0xff0000,
  components: [
    { type: 10, content: `${SCRIPT} # not a heading` },
    {
      type: 9,
      components: [{ type: 10, content: SCRIPT }],
      accessory: { type: 2, style: 1, label: '<b>press</b>', custom_id: SCRIPT.slice(0, 90) },
    },
    { type: 14 },
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: 'select',
          placeholder: '<i>choose</i>',
          options: [{ label: '<b>one</b>', value: SCRIPT.slice(0, 90), description: '"><script>' }],
        },
      ],
    },
  ],
};

let discord: LoopbackDiscord;
let anvil: ReturnType<typeof buildAnvil>;
let page: Page;
let client: Client<true>;

beforeAll(async () => {
  discord = await LoopbackDiscord.start();
  anvil = buildAnvil(discord);
  page = new Page(discord);
  discord.servePage((request, response, url) => page.answer(request, response, url));
  client = await logIn(discord, { commands: [{ name: 'hello', description: '<b>not bold</b>' }] });
  page.botState('ready', 'The bot is ready');
});

afterAll(async () => {
  await closeBrowser();
  await client.destroy();
  page.close();
  await discord.stop();
});

async function channelOf(name: string) {
  const channel = await client.channels.fetch(name);
  if (!channel?.isSendable()) throw new Error('The bot cannot write there.');
  return channel;
}

test('nothing that people, servers or the bot can say becomes markup or runs', async () => {
  const eve = discord.addUser({ name: SCRIPT.slice(0, 32) });
  const guild = discord.addGuild({ name: SCRIPT.slice(0, 60), owner: eve });
  discord.addMember(guild, anvil.mira);
  const hall = discord.addChannel(guild, { name: 'hall', topic: SCRIPT });
  discord.addRole(guild, { name: SCRIPT.slice(0, 60), color: 0x00ff00 });
  const chat = discord.as(eve, hall);
  chat.say(SCRIPT);
  chat.say(`\`${SCRIPT}\` \`\`\`html\n${SCRIPT}\n\`\`\` <t:99999999999999:R> <@1> <#2> <@&3>`);
  const channel = await channelOf(hall.id);
  await channel.send({ embeds: [EMBED] });
  await channel.send({
    files: [
      { name: 'page.html', attachment: Buffer.from(`<html>${SCRIPT}</html>`) },
      {
        name: 'picture.svg',
        attachment: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked=1"/>'),
      },
    ],
  });
  await client.rest.post(`/channels/${hall.id}/messages`, {
    body: { flags: 1 << 15, components: [CONTAINER] },
  });

  const view = await openPage(`${discord.url}/#${anvil.mira.id}/${hall.id}`);
  await view.locator('.container').waitFor();
  await seen(view, 'page.html');
  for (const spoiler of await view.locator('.spoiler').all()) await spoiler.click();
  for (const panel of ['inside', 'world', 'scenes', 'people']) await view.locator(`#show-${panel}`).click();
  await view.locator('#box').pressSequentially('/hel');
  await view.locator('#suggestions', { hasText: '<b>not bold</b>' }).waitFor();
  expect(await view.evaluate<unknown>('window.hacked')).toBeUndefined();
  expect(await view.locator('#messages script, #messages img[src="x"], #messages b').count()).toBe(0);
  expect(await view.locator('a[href^="javascript"]').count()).toBe(0);
  expect(await view.locator('img[src*="elsewhere.example"]').count()).toBe(0);
});

test('a file that is no picture is handed out as something to save, never as a page', async () => {
  const channel = await channelOf(anvil.tavern.id);
  const { attachments } = await channel.send({
    files: [{ name: 'x.html', attachment: Buffer.from(SCRIPT) }],
  });
  const answer = await fetch(attachments.first()?.url ?? '');
  expect(answer.headers.get('content-disposition')).toBe('attachment');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
});

test('what Discord can show is shown: a form, files, pictures, edits, what is deleted, what is thought about', async () => {
  client.on('interactionCreate', async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.deferReply();
    if (interaction.isButton())
      await interaction.showModal({
        title: 'A form',
        custom_id: 'form',
        components: [
          { type: 18, label: 'Motto', component: { type: 4, custom_id: 'motto', style: 1 } },
          { type: 18, label: 'Where', component: { type: 8, custom_id: 'where' } },
        ],
      } as never);
    if (interaction.isModalSubmit())
      await interaction.reply(`Your motto: ${interaction.fields.getTextInputValue('motto')}`);
  });
  const channel = await channelOf(anvil.workshop.id);
  const edited = await channel.send('before');
  const deleted = await channel.send('going away');
  const button = { type: 2, style: 1, custom_id: 'open', label: 'Open the form' } as const;
  await channel.send({ content: 'A form:', components: [{ type: 1, components: [button] }] });

  const view = await openPage(`${discord.url}/#${anvil.mira.id}/${anvil.workshop.id}`);
  await seen(view, 'going away');
  await edited.edit('after');
  await deleted.delete();
  await seen(view, 'after');
  await view.locator('#messages > li', { hasText: 'going away' }).waitFor({ state: 'detached' });

  await view.getByRole('button', { name: 'Open the form' }).press('Enter');
  await view.getByLabel('Motto').fill('Slow and steady');
  await view.getByLabel('Where').selectOption({ label: '#tavern · Where things are talked over' });
  await view.keyboard.press('Tab');
  await view.getByRole('button', { name: 'Submit' }).press('Enter');
  await seen(view, 'Your motto: Slow and steady');

  await view.locator('#box').pressSequentially('/hello ');
  await view.locator('#send').press('Enter');
  await seen(view, 'is thinking');
});
