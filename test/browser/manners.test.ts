import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type Client,
  EmbedBuilder,
} from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAnvil } from '../../playground/anvil.ts';
import { LoopbackDiscord } from '../../playground/discord/index.ts';
import { Page } from '../../playground/page/page.ts';
import { logIn } from '../playground/stage.ts';
import { closeBrowser, openPage, seen } from './support.ts';

/** Long enough for a slow machine. */
const PATIENTLY = { timeout: 120_000 };

const COMMANDS = [
  {
    name: 'hello',
    description: 'Says hello',
    name_localizations: { de: 'hallo' },
    description_localizations: { de: 'Sagt hallo' },
  },
  { name: 'survey', description: 'Asks' },
  { name: 'sleep', description: 'Is never answered' },
  {
    name: 'look',
    description: 'Looks around',
    options: ['at', 'from', 'until', 'how'].map((name) => ({ type: 3, name, description: `Where ${name}` })),
  },
  {
    name: 'shop',
    description: 'Buys and sells',
    options: [{ type: 1, name: 'buy', description: 'Buys' }],
  },
];

const COLOURS = ['red', 'green', 'blue'].map((colour) => ({ label: colour, value: colour }));

/** A picture of one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** What stands on a message, page by page: whatever is pressed or chosen turns to the next. */
const PAGES: readonly APIActionRowComponent<APIComponentInMessageActionRow>[][] = [
  [select('Choose a colour', ['red', 'green']), button('To the shapes')],
  [select('Choose a shape', ['round', 'square']), button('To the end')],
  [button('To the colours')],
];

let discord: LoopbackDiscord;
let anvil: ReturnType<typeof buildAnvil>;
let page: Page;
let client: Client<true>;

beforeAll(async () => {
  discord = await LoopbackDiscord.start();
  anvil = buildAnvil(discord);
  page = new Page(discord);
  discord.servePage((request, response, url) => page.answer(request, response, url));
  client = await logIn(discord, { commands: COMMANDS });
  let turned = 0;
  client.on('interactionCreate', async (interaction) => {
    if (interaction.isMessageComponent())
      await interaction.update({ components: PAGES[++turned % PAGES.length] ?? [] });
    if (!interaction.isChatInputCommand() || interaction.commandName === 'sleep') return;
    if (interaction.commandName === 'survey') await interaction.showModal(survey() as never);
    else {
      turned = 0;
      await interaction.reply({ content: `${interaction.commandName} it is`, components: PAGES[0] ?? [] });
    }
  });
  page.botState('ready', 'The bot is ready');
});

afterAll(async () => {
  await closeBrowser();
  await client.destroy();
  page.close();
  await discord.stop();
});

test('the newest message stays in sight for who looks at it, however much is said at once', async () => {
  const view = await openPage(address('Mira', 'tavern'));
  await view.locator('#box').waitFor();
  const channel = await channelOf(anvil.tavern.id);
  const story = new EmbedBuilder().setDescription('A long story\n'.repeat(12));
  for (let part = 1; part <= 5; part++) {
    await channel.send({ content: `Part ${part}`, embeds: [story] });
    discord.as(anvil.mira, anvil.tavern).say(`I have heard part ${part}`);
  }
  await seen(view, 'I have heard part 5');
  await expect.poll(() => view.evaluate(IS_AT_END), PATIENTLY).toBe(true);

  // Who reads further up is left alone until they say something themselves.
  await view.locator('#scroll').hover();
  await view.mouse.wheel(0, -2_000);
  await expect.poll(() => view.evaluate(IS_AT_END), PATIENTLY).toBe(false);
  await channel.send('The end');
  await seen(view, 'The end');
  expect(await view.evaluate(IS_AT_END)).toBe(false);
  await view.locator('#box').fill('Thank you');
  await view.keyboard.press('Enter');
  await seen(view, 'Thank you');
  await expect.poll(() => view.evaluate(IS_AT_END), PATIENTLY).toBe(true);
});

test('a select that takes the place of another begins with nothing chosen', async () => {
  const view = await openPage(address('Odette', 'tavern'));
  await run(view, '/hello');
  await view.locator('select[aria-label="Choose a colour"]').last().selectOption('green');
  const next = view.locator('select[aria-label="Choose a shape"]').last();
  await next.waitFor();
  expect(await next.evaluate((select) => (select as unknown as { value: string }).value)).toBe('');
});

test('the keyboard goes on in the message whose button it pressed, also when that button goes', async () => {
  const view = await openPage(address('Pip', 'workshop'));
  await run(view, '/hello');
  await view.getByRole('button', { name: 'To the shapes' }).press('Enter');
  await view.getByRole('button', { name: 'To the end' }).press('Enter');
  await view.getByRole('button', { name: 'To the colours' }).and(view.locator(':focus')).waitFor();
});

test('Enter sends a command of which nothing has to be filled in, and letters typed anywhere go into the box', async () => {
  const view = await openPage(address('Greta', 'workshop'));
  await view.locator('#box:focus').waitFor();
  await view.locator('#show-world').click();
  await view.keyboard.type('/look');
  await view.locator('#suggestions [aria-selected="true"]', { hasText: '/look' }).waitFor();
  await view.keyboard.press('Enter');
  await view.locator('#more-options:focus').waitFor();
  await view.locator('#suggestions', { hasText: 'Where from' }).waitFor();
  await view.keyboard.press('Enter');
  await seen(view, 'look it is');
  await view.locator('#box:focus').waitFor();
});

test('an answer says which subcommand it answers', async () => {
  const view = await openPage(address('Tobin', 'workshop'));
  await run(view, '/shop buy');
  await seen(view, 'Tobin used /shop buy');
});

test('commands are called what they are called in the language of who types them', async () => {
  const view = await openPage(address('Greta', 'workshop'));
  await view.locator('#box').pressSequentially('/hal');
  await view.locator('#suggestions [aria-selected="true"]', { hasText: /\/hallo\s*Sagt hallo/ }).waitFor();
  await view.keyboard.press('Enter');
  await view.locator('.command-name', { hasText: '/hallo' }).waitFor();
  await view.locator('#send').press('Enter');
  await seen(view, 'hello it is');
});

test('a command that is mentioned is a press away, and can be left without a keyboard', async () => {
  const view = await openPage(address('Mira', 'workshop'));
  const channel = await channelOf(anvil.workshop.id);
  await channel.send('Try </look:1>!');
  await view.getByRole('button', { name: '/look' }).click();
  await view.locator('#more-options:focus').waitFor();
  await view.getByRole('button', { name: 'Back to writing' }).click();
  await view.locator('#box:focus').waitFor();
});

test('whoever and whatever is named in a message is mentioned, but not in code and web addresses', async () => {
  const view = await openPage(address('Odette', 'workshop'));
  await view.locator('#box').fill('@Mira/@Pip @Miranda #tavern `@Pip` https://example.com/@Mira');
  await view.keyboard.press('Enter');
  const message = await seen(view, '@Miranda');
  expect(discord.messages(anvil.workshop).at(-1)?.content).toBe(
    `<@${anvil.mira.id}>/<@${anvil.pip.id}> @Miranda <#${anvil.tavern.id}> \`@Pip\` https://example.com/@Mira`,
  );
  expect(await message.locator('discord-mention').allTextContents()).toEqual(['Mira', 'Pip', 'tavern']);
});

test('what somebody says in one go stands together under their name', async () => {
  const view = await openPage(address('Tobin', 'announcements'));
  const { announcements, mira, tobin } = anvil;
  discord.as(tobin, announcements).say('One');
  discord.as(tobin, announcements).say('two');
  discord.as(mira, announcements).say('three!');
  await seen(view, 'three!');
  const together = view.locator('#messages discord-message[message-body-only]');
  expect(await together.allTextContents()).toEqual([expect.stringContaining('two')]);
});

test('that a command was not answered stands where it happened, and what is said later below it', async () => {
  const view = await openPage(address('Pip', 'announcements'));
  await view.locator('#box').pressSequentially('/sleep ');
  await view.locator('#send').press('Enter');
  await seen(view, 'The application did not respond');
  await view.locator('#box').fill('Is it asleep?');
  await view.keyboard.press('Enter');
  await seen(view, 'Is it asleep?');
  const said = await view.locator('#messages > li').allInnerTexts();
  expect(said.at(-1)).toContain('Is it asleep?');
  expect(said.at(-2)).toContain('did not respond');
});

test('a notice goes by itself, but not from under the mouse or the keyboard', async () => {
  const view = await openPage(address('Odette', 'tavern'));
  await view.clock.install();
  await view.getByRole('textbox', { name: 'Somebody new' }).fill('Ada');
  await view.keyboard.press('Enter');
  const notice = view.locator('.notice', { hasText: 'Ada is there now' });
  await notice.hover();
  await view.clock.fastForward(60_000);
  expect(await notice.isVisible()).toBe(true);
  await notice.getByRole('button', { name: 'Dismiss' }).focus();
  await view.locator('#box').hover();
  await view.clock.fastForward(60_000);
  expect(await notice.isVisible()).toBe(true);
  await view.locator('#box').focus();
  await view.clock.fastForward(60_000);
  await notice.waitFor({ state: 'hidden' });
});

test('a reply shows what it replies to', async () => {
  const view = await openPage(address('Tobin', 'tavern'));
  const { id } = discord.as(anvil.pip, anvil.tavern).say('Who has ore?');
  const channel = await channelOf(anvil.tavern.id);
  await (await channel.messages.fetch(id)).reply('Nobody has.');
  const reply = await seen(view, 'Nobody has.');
  expect((await reply.locator('.used').innerText()).replaceAll(/\s+/g, ' ')).toBe('Pip Who has ore?');
});

test('what a card shows is not shown once more beside it', async () => {
  const view = await openPage(address('Mira', 'tavern'));
  const channel = await channelOf(anvil.tavern.id);
  const pixel = Buffer.from(PIXEL, 'base64');
  const card = new EmbedBuilder().setDescription('A map').setImage('attachment://map.png');
  const files = ['map.png', 'plan.png'].map((name) => ({ name, attachment: pixel }));
  await channel.send({ embeds: [card], files });
  const message = await seen(view, 'A map');
  await message.locator('discord-embed img').waitFor();
  expect(await message.locator('.attachments img').count()).toBe(1);
});

test('the cursor is in a command before the next key comes', async () => {
  const view = await openPage(address('Mira', 'workshop'));
  await view.locator('#box:focus').waitFor();
  const focused = view.evaluate<string>(`(async () => {
    const box = document.getElementById('box');
    box.value = '/hello ';
    box.dispatchEvent(new InputEvent('input'));
    for (let turn = 0; turn < 10; turn++) await undefined;
    return document.activeElement.id;
  })()`);
  expect(await focused).toBe('send');
});

test('of several things to choose each is chosen by a press, and a form chooses nothing by itself', async () => {
  const view = await openPage(address('Odette', 'workshop'));
  await run(view, '/survey');
  const colours = view.locator('dialog select[multiple]');
  await colours.getByText('green').click({ button: 'right' });
  for (const colour of ['red', 'blue', 'green', 'blue']) await colours.getByText(colour).click();
  const [several, one] = await view
    .locator('dialog select')
    .evaluateAll((selects) =>
      selects.map((select) =>
        [...(select as never as { selectedOptions: { value: string }[] }).selectedOptions].map(
          ({ value }) => value,
        ),
      ),
    );
  expect(several).toEqual(['red', 'green']);
  expect(one).toEqual(['']);
});

test('a channel or a command that a form names leads there, and the form closes', async () => {
  const view = await openPage(address('Pip', 'workshop'));
  const form = view.locator('dialog');
  await run(view, '/survey');
  await form.getByRole('button', { name: '#tavern' }).click();
  await form.waitFor({ state: 'detached' });
  await view.locator('#place-name', { hasText: '#tavern' }).waitFor();
  await view.locator('#box:focus').waitFor();
  await run(view, '/survey');
  await form.getByRole('button', { name: '/look' }).click();
  await form.waitFor({ state: 'detached' });
  await view.locator('#more-options:focus').waitFor();
});

test('who has put a form away goes on typing where they were', async () => {
  const view = await openPage(address('Tobin', 'workshop'));
  await run(view, '/survey');
  await view.locator('dialog').getByRole('button', { name: 'Cancel' }).click();
  await view.locator('dialog').waitFor({ state: 'detached' });
  await view.locator('#box:focus').waitFor();
  await view.keyboard.type('hey');
  await view.keyboard.press('Enter');
  await seen(view, 'hey');
});

test('links of Discord’s own and mentioned channels lead there on this page', async () => {
  const view = await openPage(address('Pip', 'tavern'));
  const { announcements, guild, tavern, workshop } = anvil;
  const channel = await channelOf(tavern.id);
  const url = `https://discord.com/channels/${guild.id}/${announcements.id}`;
  const link = { type: 2, style: 5, label: 'To the news', url } as const;
  await channel.send({
    content: `See <#${workshop.id}>`,
    components: [{ type: 1, components: [link] }],
  });
  const place = (name: string) => view.locator('#place-name', { hasText: name }).waitFor();
  await view.getByRole('button', { name: 'To the news' }).click();
  await place('#announcements');
  await view.locator('.place', { hasText: 'tavern' }).click();
  await view.getByRole('button', { name: '#workshop', exact: true }).last().click();
  await place('#workshop');
  expect(view.context().pages()).toHaveLength(1);
});

test('a link to a message leads to it, however much was said since', async () => {
  const view = await openPage(address('Pip', 'tavern'));
  const { guild, mira, tavern } = anvil;
  const { id } = discord.as(mira, tavern).say('Long ago');
  for (let year = 1; year <= 40; year++) discord.as(mira, tavern).say(`Year ${year}`);
  const channel = await channelOf(tavern.id);
  await channel.send(`It began [here](https://discord.com/channels/${guild.id}/${tavern.id}/${id})`);
  await view.getByRole('button', { name: 'here' }).click();
  const isInSight = () => view.evaluate(isInSightOf(`message-${id}`));
  await expect.poll(isInSight, PATIENTLY).toBe(true);

  // Nor does what is said next lead away from it.
  await channel.send('It goes on');
  await seen(view, 'It goes on');
  expect(await isInSight()).toBe(true);
});

test('a direct message counts as one that is meant for oneself', async () => {
  const view = await openPage(address('Greta', 'tavern'));
  await view.locator('#box').waitFor();
  await client.users.send(anvil.greta.id, 'Psst');
  await view.locator('.server .badge', { hasText: '1' }).waitFor();
});

test('anybody can react to a message, and take it back', async () => {
  const view = await openPage(address('Greta', 'announcements'));
  const { id } = discord.as(anvil.odette, anvil.announcements).say('We have a forge!');
  const message = await seen(view, 'We have a forge!');
  await message.hover();
  await message.getByLabel('Add a reaction').press('Enter');
  await message.getByRole('button', { name: 'React with 🎉' }).press('Enter');
  await message.getByRole('button', { name: '🎉 1', pressed: true }).waitFor();
  await message.getByLabel('Add a reaction').and(view.locator(':focus')).waitFor();
  const said = discord.messages(anvil.announcements).find((each) => each.id === id);
  expect([...(said?.reactions.get('🎉') ?? [])]).toEqual([anvil.greta.id]);
  await message.getByRole('button', { name: '🎉 1' }).press('Enter');
  await message.getByRole('button', { name: '🎉 1' }).waitFor({ state: 'detached' });
});

test('the choice of reactions closes by Escape, by a press elsewhere, and when another one opens', async () => {
  const view = await openPage(address('Odette', 'tavern'));
  const open = async (words: string) => {
    discord.as(anvil.mira, anvil.tavern).say(words);
    const message = await seen(view, words);
    await message.hover();
    await message.getByLabel('Add a reaction').click();
    const choice = message.getByRole('button', { name: 'React with 🎉' });
    await choice.waitFor();
    return { choice, summary: message.getByLabel('Add a reaction') };
  };
  const ore = await open('Ore for sale');
  const coal = await open('Coal for sale');
  await ore.choice.waitFor({ state: 'hidden' });
  await coal.choice.press('Escape');
  await coal.choice.waitFor({ state: 'hidden' });
  await coal.summary.and(view.locator(':focus')).press('Enter');
  await coal.choice.waitFor();
  await view.locator('#place-name').click();
  await coal.choice.waitFor({ state: 'hidden' });
});

/** Whether the end of what was said is in sight; read in the page. */
const IS_AT_END = `(() => {
  const { scrollHeight, scrollTop, clientHeight } = document.getElementById('scroll');
  return scrollHeight > clientHeight && scrollHeight - scrollTop - clientHeight < 2;
})()`;

/** Whether an element is among what is in sight of what was said; to be read in the page. */
function isInSightOf(id: string): string {
  return `(() => {
    const { top, bottom } = document.getElementById('scroll').getBoundingClientRect();
    const element = document.getElementById('${id}')?.getBoundingClientRect();
    return element !== undefined && element.top > top - 2 && element.top < bottom;
  })()`;
}

function address(person: string, channel: string): string {
  return `${discord.url}/#${person}/${channel}`;
}

async function run(view: Awaited<ReturnType<typeof openPage>>, command: string): Promise<void> {
  await view.locator('#box').pressSequentially(`${command} `);
  await view.locator('#send').press('Enter');
  await view
    .locator('dialog, #messages > li', { hasText: /it is|Survey/ })
    .last()
    .waitFor();
}

async function channelOf(id: string) {
  const channel = await client.channels.fetch(id);
  if (!channel?.isSendable()) throw new Error('The bot cannot write there.');
  return channel;
}

/** A form in which several things can be chosen, and one. It names a command and a channel. */
function survey() {
  return {
    title: 'Survey',
    custom_id: 'survey',
    components: [
      { type: 10, content: `</look:1> around first, or go to <#${anvil.tavern.id}>` },
      { type: 18, label: 'Some', component: { type: 3, custom_id: 'some', max_values: 3, options: COLOURS } },
      { type: 18, label: 'One', component: { type: 3, custom_id: 'one', options: COLOURS } },
    ],
  };
}

function select(placeholder: string, options: readonly string[]) {
  return {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'choose',
        placeholder,
        options: options.map((label) => ({ label, value: label })),
      },
    ],
  } satisfies APIActionRowComponent<APIComponentInMessageActionRow>;
}

function button(label: string) {
  return {
    type: 1,
    components: [{ type: 2, style: 2, label, custom_id: `turn/${label}` }],
  } satisfies APIActionRowComponent<APIComponentInMessageActionRow>;
}
