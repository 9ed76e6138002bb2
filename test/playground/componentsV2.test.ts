import { type APIMessage, type Client, DiscordAPIError, type RawFile } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn, setStage, signal } from './stage.ts';

const V2 = 1 << 15;
const EPHEMERAL = 1 << 6;

let stage: Awaited<ReturnType<typeof setStage>>;
let client: Client<true>;

beforeAll(async () => {
  stage = await setStage({ rateLimits: false });
  client = await logIn(stage.discord, { commands: [{ name: 'show', description: 'Show it' }] });
});

afterAll(async () => {
  await client.destroy();
  await stage.discord.stop();
});

function send(components: unknown, more: object = {}, files: RawFile[] = []): Promise<APIMessage> {
  const body = { flags: V2, components, ...more };
  const sending = client.rest.post(`/channels/${stage.tavern.id}/messages`, { body, files });
  return sending as Promise<APIMessage>; // Discord answers the message.
}

function edit(message: APIMessage, body: object): Promise<APIMessage> {
  const editing = client.rest.patch(`/channels/${stage.tavern.id}/messages/${message.id}`, { body });
  return editing as Promise<APIMessage>; // As above.
}

/** @returns the words with which Discord does not take it */
async function refusalOf(sending: Promise<unknown>): Promise<string> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiscordAPIError)) throw new Error(`not refused: ${String(error)}`);
  return `${error.code} ${error.message}`;
}

const text = (content = 'x') => ({ type: 10, content });
const thumbnail = (url = 'https://example.com/t.png') => ({ type: 11, media: { url } });
const section = (...components: unknown[]) => ({ type: 9, components, accessory: thumbnail() });
const gallery = (count: number) => ({
  type: 12,
  items: Array.from({ length: count }, () => ({ media: { url: 'https://example.com/t.png' } })),
});
const container = (...components: unknown[]) => ({ type: 17, components });
const row = (...components: unknown[]) => ({ type: 1, components });
const button = (id: string) => ({ type: 2, style: 1, custom_id: id, label: 'Press' });
const times = <Made>(count: number, make: () => Made) => Array.from({ length: count }, make);

describe('a message of Components V2', () => {
  it.each<[string, unknown[]]>([
    ['text alone', [text()]],
    ['4,000 characters, in parts', [text('x'.repeat(3_999)), container(text())]],
    ['three texts beside a picture', [section(text(), text(), text())]],
    ['a button beside a text', [{ type: 9, components: [text()], accessory: button('a') }]],
    ['ten pictures', [gallery(10)]],
    ['separators of both kinds', [text(), { type: 14, spacing: 2, divider: false }, text(), { type: 14 }]],
    [
      'more than five rows',
      times(6, () => row({ type: 2, style: 5, url: 'https://example.com', label: 'x' })),
    ],
    ['40 components, those within counted', [container(...times(39, text))]],
    ['ids of its own', [{ ...text(), id: 7 }, text()]],
  ])('may have %s', async (_what, components) => {
    expect((await send(components)).flags).toBe(V2);
  });

  it.each<[string, unknown[], RegExp]>([
    ['nothing', [], /^50006/],
    ['41 components, those within counted', [container(...times(40, text))], /MAX_TOTAL_COMPONENTS/],
    ['an accessory too many', [...times(38, text), section(text())], /MAX_TOTAL_COMPONENTS/],
    ['4,001 characters, in parts', [text('x'.repeat(4_000)), container(text())], /TEXT_SIZE_EXCEEDED/],
    ['an empty text', [text('')], /content\[/],
    ['a section without an accessory', [{ type: 9, components: [text()] }], /accessory\[BASE_TYPE_REQUIRED/],
    ['a section of four texts', [section(...times(4, text))], /components\[/],
    ['a section with no text', [section()], /components\[/],
    ['a section in a section', [section(section(text()))], /components/],
    ['eleven pictures', [gallery(11)], /items\[/],
    ['no pictures', [gallery(0)], /items\[/],
    ['a container in a container', [container(container(text()))], /components/],
    ['a button outside of a row', [button('a')], /components/],
    ['a thumbnail by itself', [thumbnail()], /components/],
    ['a separator of a third kind', [{ type: 14, spacing: 3 }], /spacing/],
    ['a colour that is none', [{ ...container(text()), accent_color: 0x1000000 }], /accent_color/],
    ['one custom id twice', [row(button('a')), { ...section(text()), accessory: button('a') }], /DUPLICATED/],
    ['one id twice', [{ ...text(), id: 7 }, container({ ...text(), id: 7 })], /DUPLICATED/],
    ['a file from elsewhere', [{ type: 13, file: { url: 'https://example.com/x' } }], /file/],
    ['a file that did not come along', [{ type: 13, file: { url: 'attachment://x.txt' } }], /ATTACHMENT/],
    [
      'a picture that did not come along',
      [section(text()), { ...section(text()), accessory: thumbnail('attachment://x.png') }],
      /ATTACHMENT/,
    ],
    ['a field that Discord does not know', [{ ...text(), colour: 1 }], /colour\[BASE_TYPE_UNKNOWN/],
  ])('may not have %s', async (_what, components, words) => {
    expect(await refusalOf(send(components))).toMatch(words);
  });

  it.each(['content', 'embeds', 'poll', 'sticker_ids'])('has no %s beside its components', async (field) => {
    const answers = [{ poll_media: { text: 'Yes' } }];
    const others = {
      content: 'x',
      embeds: [{ title: 'x' }],
      poll: { question: { text: 'Well?' }, answers },
      sticker_ids: ['1'],
    };
    const words = await refusalOf(send([text()], { [field]: others[field as keyof typeof others] }));
    expect(words).toMatch(`${field}[MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]`);
  });

  it('is kept with ids, what was left away, and the addresses of its files', async () => {
    const files = [{ name: 'map.png', data: Buffer.from('a map'), contentType: 'image/png' }];
    const mapped = { ...section({ ...text(), id: 2 }), accessory: thumbnail('attachment://map.png') };
    const message = await send([mapped, { type: 13, file: { url: 'attachment://map.png' } }], {}, files);
    const [file] = message.attachments;
    expect(message.components).toMatchObject([
      { id: 1, components: [{ id: 2 }], accessory: { id: 3, spoiler: false, media: { url: file?.url } } },
      { id: 4, spoiler: false, name: 'map.png', size: 5, file: { url: file?.url } },
    ]);
    expect(await (await fetch(file?.url ?? '')).text()).toBe('a map');
  });

  it('notifies whom its texts mention', async () => {
    const { discord, mira, tobin, tavern } = stage;
    await send([container(text(`<@${mira.id}> and <@${tobin.id}>`))], {
      allowed_mentions: { users: [mira.id] },
    });
    expect(discord.messages(tavern).at(-1)?.pinged.userIds).toEqual([mira.id]);
  });

  it('stays one: later words and embeds are refused, other components are taken', async () => {
    const message = await send([text('before')]);
    expect(await refusalOf(edit(message, { content: 'x' }))).toMatch('LEGACY_FIELDS');
    expect(await refusalOf(edit(message, { flags: 0, embeds: [{ title: 'x' }] }))).toMatch('LEGACY_FIELDS');
    const edited = await edit(message, { components: [text('after')] });
    expect(edited).toMatchObject({ flags: V2, components: [{ content: 'after' }] });
  });

  it('can be made of another message, when that loses what it had', async () => {
    const message = await send([], { flags: 0, content: 'before' });
    expect(await refusalOf(edit(message, { flags: V2, components: [text()] }))).toMatch('LEGACY_FIELDS');
    const changed = await edit(message, { flags: V2, content: null, components: [text('after')] });
    expect(changed).toMatchObject({ flags: V2, content: '', components: [{ content: 'after' }] });
  });

  it('answers a command, and its buttons work in sections and containers', async () => {
    const pressed = signal<string>();
    client.on('interactionCreate', async (interaction) => {
      if (interaction.isChatInputCommand())
        await client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
          auth: false,
          body: {
            type: 4,
            data: {
              flags: V2 | EPHEMERAL,
              components: [container({ ...section(text('Press it')), accessory: button('deep') })],
            },
          },
        });
      if (!interaction.isButton()) return;
      pressed.resolve(interaction.customId);
      await interaction.deferUpdate();
    });
    const seat = stage.discord.as(stage.mira, stage.workshop);
    const message = await seat.command('/show').message();
    expect(message).toMatchObject({ visibleTo: stage.mira.id, content: '', components: [{ type: 17 }] });
    await seat.press(message, 'Press').answered;
    expect(await pressed.promise).toBe('deep');
  });
});
