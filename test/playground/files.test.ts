import type { Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPage } from './onPage.ts';
import { logIn, signal } from './stage.ts';

const MEBIBYTE = 1024 * 1024;

const COMMAND = {
  name: 'import',
  description: 'Read a file',
  options: [
    { type: 11, name: 'file', description: 'Which', required: true },
    { type: 3, name: 'name', description: 'Of it', autocomplete: true },
  ],
};

let stage: Awaited<ReturnType<typeof openPage>>;
let client: Client<true>;

beforeEach(async () => {
  stage = await openPage();
  client = await logIn(stage.discord, { commands: [COMMAND] });
});

afterEach(async () => {
  await client.destroy();
  await stage.close();
});

function file(name: string, contentType: string, content: string | Uint8Array) {
  return { name, contentType, base64: Buffer.from(content).toString('base64') };
}

/** Mira's place, for what she does. */
function place() {
  return { as: stage.anvil.mira.id, channel: stage.anvil.workshop.id };
}

describe('files that a person attaches', () => {
  it('stand on what they said, for everybody, and are served as they are', async () => {
    const { tell, contents, anvil } = stage;
    const files = [file('map.png', 'image/png', 'picture'), file('notes.txt', 'text/plain', 'words')];
    expect(await tell('say', { ...place(), content: '', files })).toMatchObject({ kind: 'said' });
    const { messages } = await contents(anvil.tobin.id, anvil.workshop.id);
    expect(messages[0]?.attachments).toMatchObject([
      { filename: 'map.png', content_type: 'image/png', size: 7 },
      { filename: 'notes.txt', content_type: 'text/plain', size: 5 },
    ]);
    const [picture, words] = await Promise.all((messages[0]?.attachments ?? []).map(({ url }) => fetch(url)));
    expect(picture?.headers.get('content-type')).toBe('image/png');
    expect(await picture?.text()).toBe('picture');
    expect(words?.headers.get('content-disposition')).toBe('attachment');
    expect(await words?.text()).toBe('words');
  });

  it.each([
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
    ['image.png', 'image/png\r\nset-cookie: a=b'],
  ])('are nothing that a browser would run: %s', async (name, contentType) => {
    const { tell, contents, anvil } = stage;
    await tell('say', { ...place(), content: 'look', files: [file(name, contentType, '<script>')] });
    const { messages } = await contents(anvil.mira.id, anvil.workshop.id);
    const { headers } = await fetch(messages[0]?.attachments[0]?.url ?? '');
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toBe('attachment');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('have names that are no paths', async () => {
    const { tell, contents, anvil } = stage;
    await tell('say', { ...place(), content: '', files: [file('../a\\b\n.txt', 'text/plain', 'x')] });
    const { messages } = await contents(anvil.mira.id, anvil.workshop.id);
    expect(messages[0]?.attachments[0]?.filename).toBe('.._a_b_.txt');
  });

  it('are 8 MiB together, and ten, at the most', async () => {
    const { tell, discord, anvil } = stage;
    const most = file('most.bin', 'application/octet-stream', new Uint8Array(8 * MEBIBYTE));
    expect(await tell('say', { ...place(), content: '', files: [most] })).toMatchObject({ kind: 'said' });
    const more = file('more.bin', 'application/octet-stream', new Uint8Array(8 * MEBIBYTE + 100 * 1024));
    const tooMuch = { refused: 'All files together have 8 MiB at the most' };
    expect(await tell('say', { ...place(), content: '', files: [more] })).toEqual(tooMuch);
    const eleven = Array.from({ length: 11 }, () => file('a', 'text/plain', 'x'));
    expect(await tell('say', { ...place(), content: '', files: eleven })).toEqual({
      refused: 'A message has 10 files at the most',
    });
    expect(await tell('react', { ...place(), message: 'x'.repeat(70_000), emoji: 'x' })).toEqual({
      refused: 'That is too much at once',
    });
    expect(discord.messages(anvil.workshop)).toHaveLength(1);
  });

  it('need the permission to attach them', async () => {
    const { tell, discord, anvil } = stage;
    discord.setOverwrite(anvil.workshop, anvil.mira, { deny: ['AttachFiles'] });
    const files = [file('a.txt', 'text/plain', 'x')];
    expect(await tell('say', { ...place(), content: 'x', files })).toEqual({
      refused: 'Mira may not attach files here',
    });
  });
});

describe('a file for an option', () => {
  it('reaches the bot with the command, and not while somebody types', async () => {
    const { tell } = stage;
    const read = signal<string>();
    client.on('interactionCreate', async (interaction) => {
      if (interaction.isAutocomplete()) await interaction.respond([]);
      if (!interaction.isChatInputCommand()) return;
      const given = interaction.options.getAttachment('file', true);
      read.resolve(`${given.name} ${given.contentType} ${await (await fetch(given.url)).text()}`);
      await interaction.reply('read');
    });
    const options = { file: file('world.json', 'application/json', '{}') };
    const typing = { ...place(), command: '/import', options, option: 'name', typed: 'w' };
    expect(await tell('autocomplete', typing)).toMatchObject({ kind: 'choices' });
    expect(stage.discord.directory.files.size).toBe(0);
    expect(await tell('command', { ...place(), command: '/import', options })).toMatchObject({
      kind: 'message',
    });
    expect(await read.promise).toBe('world.json application/json {}');
    expect(await tell('command', { ...place(), command: '/import', options: { file: 'x' } })).toEqual({
      refused: 'The option "file" wants a file',
    });
  });
});
