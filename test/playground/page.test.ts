import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Anvil, buildAnvil } from '../../playground/anvil.ts';
import { LoopbackDiscord } from '../../playground/discord/index.ts';
import { MOST_FORMS, Page } from '../../playground/page/page.ts';
import { logIn } from './stage.ts';

const COMMANDS = [
  {
    name: 'craft',
    description: 'Make something',
    options: [{ type: 3, name: 'recipe', description: 'What', required: true, autocomplete: true }],
  },
  { name: 'form', description: 'Fill in' },
];

const FORM = {
  type: 9,
  data: {
    custom_id: 'form',
    title: 'Form',
    components: [{ type: 1, components: [{ type: 4, custom_id: 'motto', label: 'Motto', style: 1 }] }],
  },
} as const;

let discord: LoopbackDiscord;
let anvil: Anvil;
let page: Page;
let client: Client<true>;
let now: number;

beforeEach(async () => {
  now = Date.now();
  discord = await LoopbackDiscord.start({ now: () => now });
  anvil = buildAnvil(discord);
  page = new Page(discord);
  discord.servePage((request, response, url) => page.answer(request, response, url));
  client = await logIn(discord, { commands: COMMANDS });
});

afterEach(async () => {
  await client.destroy();
  page.close();
  await discord.stop();
});

/** Answers whatever comes. */
function answering(): void {
  client.on('interactionCreate', async (interaction) => {
    if (interaction.isAutocomplete())
      await interaction.respond([{ name: interaction.options.getFocused(), value: 'v' }]);
    if (interaction.isModalSubmit()) await interaction.reply(interaction.fields.getTextInputValue('motto'));
    if (interaction.isButton()) await interaction.update({ content: 'pressed', components: [] });
    if (!interaction.isChatInputCommand()) return;
    if (interaction.commandName === 'form') {
      await client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
        body: FORM,
        auth: false,
      });
      return;
    }
    const button = { type: 2, style: 1, custom_id: 'b', label: 'B' } as const;
    await interaction.reply({ content: 'crafting', components: [{ type: 1, components: [button] }] });
  });
}

const outcome = z.looseObject({
  kind: z.string().optional(),
  messageId: z.string().default(''),
  interactionId: z.string().default(''),
});

async function tell(what: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${discord.url}/play/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ as: anvil.mira.id, channel: anvil.workshop.id, ...body }),
  });
  return outcome.parse(await answer.json());
}

async function ask(path: string): Promise<unknown> {
  return (await fetch(`${discord.url}/play/${path}`)).json();
}

describe('the page', () => {
  it('is served with a policy that lets nothing foreign run', async () => {
    const answer = await fetch(discord.url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self'; connect-src 'self'",
    );
    const [script = ''] = /\/assets\/[\w-]+\.js/.exec(await answer.text()) ?? [];
    const code = await fetch(discord.url + script);
    expect(code.headers.get('content-type')).toContain('text/javascript');
  });

  it.each(['/../package.json', '/%2e%2e/main.ts', '/main.ts', '/play/nothing'])(
    'does not serve %s',
    async (path) => {
      expect((await fetch(`${discord.url}${path}`)).status).toBe(404);
    },
  );

  it('is for its own origin only', async () => {
    const answer = await fetch(`${discord.url}/play/world?as=${anvil.mira.id}`, {
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
  });

  it('takes JSON only, which no form of a foreign page can send', async () => {
    expect(await tell('say', { content: 'x' }, { 'content-type': 'text/plain' })).toHaveProperty('refused');
    expect(discord.messages(anvil.workshop)).toEqual([]);
  });

  it('shows people and places as one person sees them', async () => {
    discord.setOverwrite(anvil.tavern, anvil.mira, { deny: ['ViewChannel'] });
    expect(await ask(`world?as=${anvil.mira.id}`)).toMatchObject({
      me: anvil.mira.id,
      servers: [{ name: 'The Anvil', channels: [{ name: 'workshop' }, { name: 'announcements' }] }],
    });
    expect(await ask(`channel?as=${anvil.mira.id}&in=${anvil.tavern.id}`)).toHaveProperty('refused');
    discord.removeChannel(anvil.tavern);
    expect(await ask(`channel?as=${anvil.mira.id}&in=${anvil.tavern.id}`)).toEqual({
      refused: 'There is no such channel any more',
    });
    expect(await ask(`channel?as=1&in=${anvil.workshop.id}`)).toEqual({
      refused: 'There is no such person any more',
    });
  });
});

describe('on the page', () => {
  it('a person runs a command, presses its button, and says something', async () => {
    answering();
    const crafted = await tell('command', { command: '/craft', options: { recipe: 'iron' } });
    expect(crafted.kind).toBe('message');
    const pressed = await tell('press', { message: crafted.messageId, customId: 'b' });
    expect(pressed.kind).toBe('updated');
    await tell('say', { content: 'nice' });
    const view = z
      .object({ messages: z.array(z.looseObject({ content: z.string() })) })
      .parse(await ask(`channel?as=${anvil.tobin.id}&in=${anvil.workshop.id}`));
    expect(view.messages).toMatchObject([
      { content: 'pressed', ephemeral: false, used: { userId: anvil.mira.id, command: 'craft' } },
      { content: 'nice', used: null },
    ]);
  });

  it('a person gets choices while typing', async () => {
    answering();
    const answer = await tell('autocomplete', {
      command: '/craft',
      option: 'recipe',
      typed: 'iro',
      options: {},
    });
    expect(answer).toMatchObject({ choices: [{ name: 'iro', value: 'v' }] });
  });

  it('a person fills in a form, once', async () => {
    answering();
    const opened = await tell('command', { command: '/form' });
    expect(opened.kind).toBe('modal');
    const sent = await tell('submit', { interaction: opened.interactionId, values: { motto: 'onward' } });
    expect(sent.kind).toBe('message');
    expect(await tell('submit', { interaction: opened.interactionId, values: {} })).toHaveProperty('refused');
  });

  it('a form that the bot left unanswered is still open', async () => {
    answering();
    const { interactionId: interaction } = await tell('command', { command: '/form' });
    const submit = () => tell('submit', { interaction, values: { motto: 'onward' } });
    client.removeAllListeners('interactionCreate');
    const after = discord.mark();
    const silent = submit();
    await discord.waitForEntry(({ kind }) => kind === 'interaction', { after });
    expect(await submit()).toHaveProperty('refused');
    now += 3_001;
    discord.settle();
    expect(await silent).toHaveProperty('unanswered');
    answering();
    expect(await submit()).toMatchObject({ kind: 'message' });
    expect(await submit()).toHaveProperty('refused');
  });

  it('of forms that nobody sends only the last ones stay open', async () => {
    answering();
    const first = await tell('command', { command: '/form' });
    for (let count = 0; count < MOST_FORMS - 1; count++) await tell('command', { command: '/form' });
    const submit = ({ interactionId: interaction }: typeof first) =>
      tell('submit', { interaction, values: { motto: 'onward' } });
    const last = await tell('command', { command: '/form' });
    expect(await submit(first)).toHaveProperty('refused', 'This form is no longer open');
    expect(await submit(last)).toMatchObject({ kind: 'message' });
  });

  it('a person is told kindly what is not possible, and when the bot is silent', async () => {
    expect(await tell('command', { command: '/craft' })).toHaveProperty(
      'refused',
      'The option "recipe" is required',
    );
    expect(await tell('command', { command: 5 })).toHaveProperty('refused');
    const waiting = tell('command', { command: '/craft', options: { recipe: 'iron' } });
    await discord.waitForEntry((entry) => entry.kind === 'interaction' && entry.what === 'sent');
    now += 3_001;
    discord.settle();
    expect(await waiting).toHaveProperty('unanswered', 'The application did not respond');
  });
});

describe('the events', () => {
  it('are not kept for a page that does not read them: it asks anew', async () => {
    const stream = await fetch(`${discord.url}/play/events?as=${anvil.mira.id}`);
    // All before this process comes to reading.
    for (let count = 0; count < 32; count++) page.botState('ready', 'x'.repeat(1024 * 1024));
    page.reload();
    let tail = '';
    const reading = (async () => {
      for await (const chunk of stream.body ?? []) {
        tail = (tail + Buffer.from(chunk).toString()).slice(-100);
        if (tail.includes('event: page')) return 'all of it';
      }
      return 'cut';
    })();
    expect(await reading.catch(() => 'cut')).toBe('cut');
  });

  async function listen(userId: string) {
    const ending = new AbortController();
    const answer = await fetch(`${discord.url}/play/events?as=${userId}`, { signal: ending.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    return {
      end: () => ending.abort(),
      async until(words: string): Promise<string> {
        while (!text.includes(words)) text += (await reader?.read())?.value ?? '';
        return text;
      },
    };
  }

  it('tell each person what they see, and of the bot', async () => {
    const mira = await listen(anvil.mira.id);
    const tobin = await listen(anvil.tobin.id);
    client.once('interactionCreate', async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'a secret', flags: 64 });
    });
    await tell('command', { command: '/craft', options: { recipe: 'iron' } });
    discord.as(anvil.odette, anvil.tavern).say('to all');
    page.botState('down', 'The bot has stopped');
    expect(await mira.until('The bot has stopped')).toContain('a secret');
    const heard = await tobin.until('The bot has stopped');
    expect(heard).toContain('to all');
    expect(heard).not.toContain('a secret');
    mira.end();
    tobin.end();
  });
});
