import { type Client, DiscordAPIError, type RawFile } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { logIn, setStage } from './stage.ts';

let stage: Awaited<ReturnType<typeof setStage>>;
let client: Client<true>;
let refusedBefore: number;

beforeAll(async () => {
  stage = await setStage({ rateLimits: false });
  client = await logIn(stage.discord);
});

beforeEach(() => {
  refusedBefore = stage.discord.refusals.length;
});

afterAll(async () => {
  await client.destroy();
  await stage.discord.stop();
});

/** @returns the error, and checks that it was recorded */
async function refusalOf(sending: Promise<unknown>): Promise<DiscordAPIError> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiscordAPIError)) throw new Error(`not refused: ${String(error)}`);
  expect(error.status).toBe(400);
  expect(stage.discord.refusals).toHaveLength(refusedBefore + 1);
  return error;
}

function send(body: unknown, files?: RawFile[]) {
  return client.rest.post(`/channels/${stage.tavern.id}/messages`, { body, ...(files ? { files } : {}) });
}

function register(...commands: unknown[]) {
  return client.rest.put(`/applications/${client.user.id}/commands`, { body: commands });
}

const button = (id: string) => ({ type: 2, style: 1, custom_id: id, label: 'x' });
const row = (...components: unknown[]) => ({ type: 1, components });
const select = (extra: object = {}) => ({
  type: 3,
  custom_id: 's',
  options: [{ label: 'l', value: 'v' }],
  ...extra,
});
const option = (extra: object = {}) => ({ type: 3, name: 'o', description: 'x', ...extra });
const command = (extra: object = {}) => ({ name: 'craft', description: 'x', ...extra });
const V2 = 1 << 15;

describe('a message is refused with 50035', () => {
  it.each<[string, unknown, RegExp]>([
    ['more than 2,000 characters', { content: 'x'.repeat(2_001) }, /content\[BASE_TYPE_MAX_LENGTH/],
    ['what is no text', { content: 5 }, /content\[BASE_TYPE_INVALID/],
    ['a field that Discord does not know', { content: 'x', colour: 1 }, /colour\[BASE_TYPE_UNKNOWN/],
    ['an unknown field deep inside', { embeds: [{ title: 'x', titel: 'y' }] }, /embeds\[0\].titel/],
    ['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, /embeds/],
    ['an embed with nothing in it', { embeds: [{}] }, /embeds\[0\].description\[BASE_TYPE_REQUIRED/],
    ['an empty field in an embed', { embeds: [{ fields: [{ name: ' ', value: 'x' }] }] }, /fields\[0\].name/],
    ['a title of 257 characters', { embeds: [{ title: 'x'.repeat(257) }] }, /embeds\[0\].title/],
    [
      'embeds of more than 6,000 characters in all',
      { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
      /MAX_EMBED_SIZE_EXCEEDED/,
    ],
    [
      'a custom id of 101 characters',
      { content: 'x', components: [row(button('x'.repeat(101)))] },
      /custom_id/,
    ],
    ['an empty custom id', { content: 'x', components: [row(button(''))] }, /custom_id/],
    [
      'a custom id used twice',
      { content: 'x', components: [row(button('a')), row(button('a'))] },
      /DUPLICATED/,
    ],
    [
      'six buttons in a row',
      { content: 'x', components: [row(...'abcdef'.split('').map(button))] },
      /components/,
    ],
    ['six rows', { content: 'x', components: 'abcdef'.split('').map((id) => row(button(id))) }, /BAD_LENGTH/],
    [
      'a select beside a button',
      { content: 'x', components: [row(select(), button('a'))] },
      /WIDTH_EXCEEDED/,
    ],
    [
      'a button without words',
      { content: 'x', components: [row({ type: 2, style: 1, custom_id: 'a' })] },
      /BUTTON/,
    ],
    ['a link with a custom id', { content: 'x', components: [row({ ...button('a'), style: 5 })] }, /BUTTON/],
    [
      'a select with a minimum above its maximum',
      { content: 'x', components: [row(select({ min_values: 2 }))] },
      /SELECT/,
    ],
    [
      'a select with a value twice',
      {
        content: 'x',
        components: [row(select({ options: [1, 2].map(() => ({ label: 'l', value: 'v' })) }))],
      },
      /DUPLICATED/,
    ],
    [
      'components V2 beside content',
      { content: 'x', flags: V2, components: [{ type: 10, content: 'x' }] },
      /LEGACY/,
    ],
    [
      'more than 40 components',
      {
        flags: V2,
        components: [1, 2].map(() => ({
          type: 17,
          components: Array.from({ length: 20 }, () => ({ type: 10, content: 'x' })),
        })),
      },
      /MAX_TOTAL/,
    ],
    [
      'modern components without the flag',
      { content: 'x', components: [{ type: 10, content: 'x' }] },
      /type\[UNION/,
    ],
    ['a nonce of 26 characters', { content: 'x', nonce: 'x'.repeat(26) }, /nonce/],
    [
      'mentions both parsed and listed',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      /mutually exclusive/,
    ],
  ])('%s', async (_what, body, words) => {
    const error = await refusalOf(send(body));
    expect(error.code).toBe(50035);
    expect(error.message).toMatch(words);
  });

  it('an empty one has a code of its own', async () => {
    expect((await refusalOf(send({ content: ' ' }))).code).toBe(50006);
  });

  it('an edit is held to the same', async () => {
    const sent = (await send({ content: 'x' })) as { id: string }; // Discord answers the message.
    const path = `/channels/${stage.tavern.id}/messages/${sent.id}` as const;
    expect((await refusalOf(client.rest.patch(path, { body: { content: 'x'.repeat(2_001) } }))).code).toBe(
      50035,
    );
    refusedBefore += 1;
    expect((await refusalOf(client.rest.patch(path, { body: { content: '' } }))).code).toBe(50006);
  });

  it('JSON that cannot be read', async () => {
    const answer = await fetch(`${stage.discord.apiUrl}/v10/channels/${stage.tavern.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${stage.discord.token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 50109 });
  });
});

describe('commands are refused with 50035', () => {
  it.each<[string, unknown[], RegExp]>([
    ['a name with a capital', [command({ name: 'Craft' })], /0\.name\[|\[0\]\.name|name/],
    ['a name with a space', [command({ name: 'craft it' })], /INVALID_NAME/],
    ['a name of 33 characters', [command({ name: 'x'.repeat(33) })], /name/],
    ['no description', [{ name: 'craft' }], /description\[BASE_TYPE_REQUIRED/],
    ['a description of 101 characters', [command({ description: 'x'.repeat(101) })], /description/],
    ['two commands of one name', [command(), command()], /DUPLICATE_NAME/],
    ['two options of one name', [command({ options: [option(), option()] })], /NAME_ALREADY_EXISTS/],
    [
      'a required option after an optional one',
      [command({ options: [option(), option({ name: 'p', required: true })] })],
      /REQUIRED_INVALID/,
    ],
    [
      '26 options',
      [command({ options: Array.from({ length: 26 }, (_, i) => option({ name: `o${i}` })) })],
      /options/,
    ],
    [
      '26 choices',
      [
        command({
          options: [
            option({ choices: Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` })) }),
          ],
        }),
      ],
      /choices/,
    ],
    [
      'choices beside autocompletion',
      [command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
      /AUTOCOMPLETE/,
    ],
    [
      'a subcommand beside an option',
      [command({ options: [option({ type: 1 }), option({ name: 'p' })] })],
      /exclusive/,
    ],
    [
      'permissions that are no number',
      [command({ default_member_permissions: 'ManageGuild' })],
      /permissions/i,
    ],
    ['a field that Discord does not know', [command({ usage: 'x' })], /usage/],
    [
      'a localized name with a capital',
      [command({ name_localizations: { de: 'Herstellen' } })],
      /INVALID_NAME/,
    ],
    [
      'a localized description of 101 characters',
      [command({ description_localizations: { de: 'x'.repeat(101) } })],
      /description_localizations/,
    ],
    [
      'a localized description that is empty',
      [command({ options: [option({ description_localizations: { de: '' } })] })],
      /description_localizations/,
    ],
    [
      'a localized name of a choice of 101 characters',
      [
        command({
          options: [
            option({ choices: [{ name: 'a', value: 'a', name_localizations: { de: 'x'.repeat(101) } }] }),
          ],
        }),
      ],
      /name_localizations/,
    ],
    ['a locale that Discord does not speak', [command({ name_localizations: { tlh: 'mach' } })], /tlh/],
    [
      'two commands of one name in one language',
      [
        command({ name_localizations: { de: 'herstellen' } }),
        command({ name: 'make', name_localizations: { de: 'herstellen' } }),
      ],
      /1\.name_localizations\.de\[APPLICATION_COMMANDS_DUPLICATE_NAME/,
    ],
    [
      'a command that is called in one language as another is in all',
      [command(), command({ name: 'make', name_localizations: { de: 'craft' } })],
      /1\.name_localizations\.de\[APPLICATION_COMMANDS_DUPLICATE_NAME/,
    ],
    [
      'two options of one name in one language',
      [
        command({
          options: [
            option({ name_localizations: { de: 'menge' } }),
            option({ name: 'p', name_localizations: { de: 'menge' } }),
          ],
        }),
      ],
      /options\[1\]\.name_localizations\.de\[APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS/,
    ],
    [
      'more than 8,000 characters in one language',
      [
        command({
          options: Array.from({ length: 25 }, (_, i) =>
            option({
              name: `o${i}`,
              choices: Array.from({ length: 4 }, (_, j) => ({
                name: `${j}`,
                value: 'y'.repeat(10),
                name_localizations: { de: `${j}`.padEnd(90, 'x') },
              })),
            }),
          ),
        }),
      ],
      /TOO_LARGE/,
    ],
    [
      'more than 8,000 characters',
      [
        command({
          options: Array.from({ length: 4 }, (_, i) =>
            option({
              name: `o${i}`,
              choices: Array.from({ length: 25 }, (_, j) => ({
                name: `${j}`.padEnd(50, 'x'),
                value: 'y'.repeat(50),
              })),
            }),
          ),
        }),
      ],
      /TOO_LARGE/,
    ],
  ])('%s', async (_what, commands, words) => {
    const error = await refusalOf(register(...commands));
    expect(error.code).toBe(50035);
    expect(error.message).toMatch(words);
  });

  it('more than 100', async () => {
    const many = Array.from({ length: 101 }, (_, index) => command({ name: `craft${index}` }));
    expect((await refusalOf(register(...many))).code).toBe(30032);
  });
});

describe('commands', () => {
  const path = () => `/applications/${client.user.id}/commands` as const;

  it('take what builders send, permissions as digits among it, and keep their ids', async () => {
    const full = command({
      nsfw: false,
      default_member_permissions: '32',
      contexts: [0],
      integration_types: [0],
    });
    const [first] = (await register(full)) as { id: string; version: string }[]; // Discord answers a list.
    const [second] = (await register(command({ description: 'y' }))) as { id: string; version: string }[]; // As above.
    expect(second?.id).toBe(first?.id);
    expect(second?.version).not.toBe(first?.version);
    expect(stage.discord.commands()).toHaveLength(1);
  });

  it('are added, changed, read and removed one by one, globally and in a server', async () => {
    await register();
    for (const base of [
      path(),
      `/applications/${client.user.id}/guilds/${stage.guild.id}/commands` as const,
    ]) {
      const made = (await client.rest.post(base, { body: command() })) as { id: string }; // Discord answers the command.
      const changed = await client.rest.patch(`${base}/${made.id}`, { body: { description: 'new' } });
      expect(changed).toMatchObject({ id: made.id, name: 'craft', description: 'new' });
      expect(await client.rest.get(base)).toHaveLength(1);
      await client.rest.delete(`${base}/${made.id}`);
      expect(await client.rest.get(base)).toEqual([]);
      await expect(client.rest.get(`${base}/${made.id}`)).rejects.toMatchObject({ status: 404, code: 10063 });
    }
  });

  it('of another application are unknown', async () => {
    await expect(client.rest.get('/applications/1/commands')).rejects.toMatchObject({ code: 10002 });
  });
});

describe('routes that do not exist', () => {
  it('are answered 404 and recorded', async () => {
    await expect(client.rest.get('/nowhere')).rejects.toMatchObject({ status: 404 });
    expect(stage.discord.refusals.at(-1)).toMatchObject({ path: '/nowhere', status: 404, code: 0 });
  });
});
