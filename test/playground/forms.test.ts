import type { Client, ModalSubmitInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPage } from './onPage.ts';
import { logIn, signal } from './stage.ts';

let stage: Awaited<ReturnType<typeof openPage>>;
let client: Client<true>;

beforeEach(async () => {
  stage = await openPage();
  client = await logIn(stage.discord, { commands: [{ name: 'form', description: 'Fill in' }] });
});

afterEach(async () => {
  await client.destroy();
  await stage.close();
});

/** A modal with this field under a label, opened by Mira; `send` fills it in, and `taken` is what the bot gets. */
async function open(field: Readonly<Record<string, unknown>>) {
  const taken = signal<ModalSubmitInteraction>();
  const components = [
    { type: 10, content: 'Read this first' },
    { type: 18, label: 'A field', component: { custom_id: 'field', ...field } },
  ];
  client.on('interactionCreate', async (interaction) => {
    if (interaction.isModalSubmit()) {
      taken.resolve(interaction);
      await interaction.reply('taken');
    }
    if (!interaction.isChatInputCommand()) return;
    await client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
      body: { type: 9, data: { custom_id: 'form', title: 'Form', components } },
      auth: false,
    });
  });
  const place = { as: stage.anvil.mira.id, channel: stage.anvil.workshop.id };
  const opened = await stage.tell('command', { ...place, command: '/form' });
  expect(opened).toMatchObject({ kind: 'modal', modal: { components } });
  const { interactionId: interaction } = opened as { readonly interactionId: string }; // A modal has it.
  const send = (values: object) => stage.tell('submit', { ...place, interaction, values });
  return { send, taken: taken.promise };
}

const OPTIONS = [
  { label: 'Iron', value: 'iron' },
  { label: 'Gold', value: 'gold', default: true },
  { label: 'Silver', value: 'silver' },
];

describe('a form', () => {
  it.each([
    ['text', { type: 4, style: 1 }, 'onward', { value: 'onward' }],
    ['an option', { type: 3, options: OPTIONS }, ['Iron'], { values: ['iron'] }],
    [
      'several options',
      { type: 3, options: OPTIONS, max_values: 2 },
      ['iron', 'gold'],
      { values: ['iron', 'gold'] },
    ],
    ['one of several', { type: 21, options: OPTIONS }, 'silver', { value: 'silver' }],
    ['nothing of several', { type: 21, options: OPTIONS, required: false }, null, { value: null }],
    ['boxes', { type: 22, options: OPTIONS }, ['iron', 'silver'], { values: ['iron', 'silver'] }],
    ['no boxes', { type: 22, options: OPTIONS, required: false }, [], { values: [] }],
    ['a box', { type: 23 }, true, { value: true }],
    ['what it proposes', { type: 3, options: OPTIONS }, undefined, { values: ['gold'] }],
    ['a box as it was ticked', { type: 23, default: true }, undefined, { value: true }],
  ])('takes %s', async (_what, field, value, expected) => {
    const { send, taken } = await open(field);
    expect(await send(value === undefined ? {} : { field: value })).toMatchObject({ kind: 'message' });
    expect((await taken).fields.getField('field')).toMatchObject({ customId: 'field', ...expected });
  });

  it('takes people, roles and channels, and says who and what they are', async () => {
    const { anvil } = stage;
    const { send, taken } = await open({ type: 5, max_values: 2 });
    await send({ field: ['Tobin', anvil.greta.id] });
    expect(
      (await taken).fields.getSelectedUsers('field', true).map(({ displayName }) => displayName),
    ).toEqual(['Tobin', 'Greta']);
  });

  it('takes a role, a channel, or either of a person and a role', async () => {
    const { anvil } = stage;
    const role = await open({ type: 6 });
    await role.send({ field: ['Guildmaster'] });
    expect((await role.taken).fields.getSelectedRoles('field', true).map((chosen) => chosen?.name)).toEqual([
      'Guildmaster',
    ]);
    client.removeAllListeners('interactionCreate');
    const channel = await open({
      type: 8,
      channel_types: [0],
      default_values: [{ id: anvil.tavern.id, type: 'channel' }],
    });
    await channel.send({});
    expect((await channel.taken).fields.getSelectedChannels('field', true).map(({ id }) => id)).toEqual([
      anvil.tavern.id,
    ]);
    client.removeAllListeners('interactionCreate');
    const either = await open({ type: 7, max_values: 2 });
    await either.send({ field: ['Guildmaster', 'Pip'] });
    const { users, roles } = (await either.taken).fields.getSelectedMentionables('field', true);
    expect([users.size, roles.size]).toEqual([1, 1]);
  });

  it('takes files, which the bot can read', async () => {
    const { send, taken } = await open({ type: 19, max_values: 2 });
    const base64 = Buffer.from('words').toString('base64');
    await send({ field: [{ name: 'notes.txt', contentType: 'text/plain', base64 }] });
    const [given] = (await taken).fields.getUploadedFiles('field', true).values();
    expect(given).toMatchObject({ name: 'notes.txt', contentType: 'text/plain', size: 5 });
    expect(await (await fetch(given?.url ?? '')).text()).toBe('words');
  });

  it.each([
    ['nothing', { type: 3, options: OPTIONS }, [], 'The field "field" is required'],
    ['what is no option', { type: 21, options: OPTIONS }, 'wood', '"wood" is not in this select'],
    ['too much', { type: 3, options: OPTIONS }, ['iron', 'gold'], 'Choose 1, not 2'],
    ['the same twice', { type: 22, options: OPTIONS }, ['iron', 'iron'], 'Nothing can be chosen twice'],
    ['too few', { type: 22, options: OPTIONS, min_values: 2 }, ['iron'], 'Choose 2 to 3, not 1'],
    ['nobody', { type: 5 }, ['Nobody'], 'There is nobody called "Nobody" here'],
    [
      'a channel of another kind',
      { type: 8, channel_types: [2] },
      ['tavern'],
      '#tavern is of the wrong type',
    ],
    ['words for a file', { type: 19 }, ['words'], '"field" takes files only'],
    ['no file', { type: 19 }, [], 'The field "field" is required'],
  ])('refuses %s, and stays open', async (_what, field, value, words) => {
    const { send } = await open(field);
    expect(await send({ field: value })).toEqual({ refused: words });
    expect(await send({ field: value })).toEqual({ refused: words });
  });
});
