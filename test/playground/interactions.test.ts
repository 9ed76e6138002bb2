import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type Client,
  DiscordAPIError,
  Events,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClientRefusal, NoResponse } from '../../playground/discord/index.ts';
import { logIn, setStage, signal } from './stage.ts';

const COMMANDS = [
  {
    name: 'craft',
    description: 'Make something',
    options: [
      { type: 3, name: 'recipe', description: 'What', required: true, autocomplete: true },
      { type: 4, name: 'quantity', description: 'How many', min_value: 1, max_value: 10 },
      { type: 6, name: 'for', description: 'Whom for' },
      { type: 3, name: 'quality', description: 'How well', choices: [{ name: 'Fine', value: 'fine' }] },
    ],
  },
  {
    name: 'config',
    description: 'Set things up',
    default_member_permissions: '32',
    contexts: [0],
    options: [
      {
        type: 1,
        name: 'announcements',
        description: 'Where',
        options: [{ type: 7, name: 'channel', description: 'Where', required: true, channel_types: [0] }],
      },
      {
        type: 1,
        name: 'news',
        description: 'Where',
        options: [{ type: 7, name: 'news', description: 'Where', required: true, channel_types: [5] }],
      },
    ],
  },
];

type Stage = Awaited<ReturnType<typeof setStage>>;
let stage: Stage;
let client: Client<true>;
let react: (interaction: Interaction) => Promise<unknown>;
let failures: unknown[];
let failed: ReturnType<typeof signal<unknown>>;
/** The time of this Discord, moved by hand. */
let now: number;

beforeEach(async () => {
  now = Date.parse('2030-01-01');
  stage = await setStage({ now: () => now });
  failures = [];
  failed = signal<unknown>();
  react = async () => {};
  client = await logIn(stage.discord, {
    commands: COMMANDS,
    prepare: (ready) =>
      ready.on(Events.InteractionCreate, (interaction) => {
        react(interaction).catch((error: unknown) => {
          failures.push(error);
          failed.resolve(error);
        });
      }),
  });
});

afterEach(async () => {
  await client.destroy();
  await stage.discord.stop();
});

function mira() {
  return stage.discord.as(stage.mira, stage.workshop);
}

describe('a slash command', () => {
  it('reaches the bot with its options, its people resolved, and is answered', async () => {
    const seen = signal<unknown>();
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      seen.resolve({
        recipe: interaction.options.getString('recipe'),
        quantity: interaction.options.getInteger('quantity'),
        whom: interaction.options.getUser('for')?.globalName,
        nick: interaction.options.getMember('for') !== null,
        by: interaction.member?.user.id,
        mayManage: interaction.memberPermissions?.has('ManageGuild'),
        botMaySend: interaction.appPermissions.has('SendMessages'),
        inGuild: interaction.inCachedGuild(),
        locale: interaction.locale,
      });
      await interaction.reply('On it');
    };
    const deed = mira().command('/craft', { recipe: 'iron', quantity: 2, for: 'Tobin', quality: 'Fine' });
    expect(await seen.promise).toEqual({
      recipe: 'iron',
      quantity: 2,
      whom: 'Tobin',
      nick: true,
      by: stage.mira.id,
      mayManage: false,
      botMaySend: true,
      inGuild: true,
      locale: 'en-US',
    });
    expect(await deed.message()).toMatchObject({ content: 'On it', visibleTo: null });
    expect(stage.discord.messages(stage.workshop)).toHaveLength(1);
  });

  it('with a subcommand and a channel', async () => {
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply(
        `${interaction.options.getSubcommand()} ${interaction.options.getChannel('channel', true).id}`,
      );
    };
    const deed = stage.discord
      .as(stage.odette, stage.workshop)
      .command('/config announcements', { channel: '#tavern' });
    expect((await deed.message()).content).toBe(`announcements ${stage.tavern.id}`);
  });

  it('takes a channel of the types that its option asks for, and no other', async () => {
    const { discord, guild, odette, workshop } = stage;
    discord.addChannel(guild, { name: 'herald', type: ChannelType.GuildAnnouncement });
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { type } = interaction.options.getChannel('news', true);
      await interaction.reply(`of type ${type}`);
    };
    const seat = discord.as(odette, workshop);
    const choose = (channel: string) => seat.command('/config news', { news: channel });
    expect(() => choose('tavern')).toThrow('#tavern is of the wrong type');
    expect((await choose('herald').message()).content).toBe('of type 5');
    expect(() => seat.command('/config announcements', { channel: 'herald' })).toThrow(
      '#herald is of the wrong type',
    );
  });

  it.each([
    ['a required option is missing', () => mira().command('/craft')],
    ['an option does not exist', () => mira().command('/craft', { recipe: 'iron', colour: 'red' })],
    ['a number is out of bounds', () => mira().command('/craft', { recipe: 'iron', quantity: 11 })],
    ['a choice does not exist', () => mira().command('/craft', { recipe: 'iron', quality: 'poor' })],
    ['nobody has that name', () => mira().command('/craft', { recipe: 'iron', for: 'Nobody' })],
    ['there is no such command', () => mira().command('/bake')],
    ['a subcommand is missing', () => stage.discord.as(stage.odette, stage.workshop).command('/config')],
    ['the person lacks the permission', () => mira().command('/config announcements', { channel: 'tavern' })],
  ])('is not sent when %s', (_why, send) => {
    expect(send).toThrow(ClientRefusal);
  });

  it('reaches the bot from somebody who should not see it, when the server allows that', async () => {
    react = async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('checked by the bot');
    };
    const deed = mira().command('/config announcements', { channel: 'tavern' }, { evenIfHidden: true });
    expect((await deed.message()).content).toBe('checked by the bot');
  });

  it('can be answered for one person only, edited, followed up and deleted', async () => {
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({ content: 'psst', flags: MessageFlags.Ephemeral });
      await interaction.editReply('psst!');
      const more = await interaction.followUp({ content: 'more', flags: MessageFlags.Ephemeral });
      await interaction.editReply({ message: more, content: 'more!' });
      await interaction.followUp('for all');
      await interaction.deleteReply(more);
    };
    const deed = mira().command('/craft', { recipe: 'iron' });
    await stage.discord.waitForMessage(stage.workshop, ({ content }) => content === 'for all');
    await stage.discord.waitFor(() => deed.followUps.length === 1);
    expect(mira().messages.map(({ content }) => content)).toEqual(['psst!', 'for all']);
    const tobin = stage.discord.as(stage.tobin, stage.workshop);
    expect(tobin.messages.map(({ content }) => content)).toEqual(['for all']);
    const [secret] = mira().messages;
    await expect(
      client.rest.get(`/channels/${stage.workshop.id}/messages/${secret?.id}`),
    ).rejects.toMatchObject({ status: 404, code: 10008 });
    expect(failures).toEqual([]);
  });

  it('can be deferred and answered later', async () => {
    const later = signal();
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await later.promise;
      await interaction.editReply(`done, <@${stage.tobin.id}>`);
      await interaction.followUp('and more');
    };
    const deed = mira().command('/craft', { recipe: 'iron' });
    expect(await deed.answered).toMatchObject({ kind: 'deferred', ephemeral: true });
    expect((deed.original?.flags ?? 0) & MessageFlags.Loading).toBeTruthy();
    later.resolve();
    const message = await deed.message();
    expect(message).toMatchObject({
      content: `done, <@${stage.tobin.id}>`,
      visibleTo: stage.mira.id,
      editedAt: null,
    });
    expect(message.flags).toBe(MessageFlags.Ephemeral);
    expect(await deed.followUpCount(1)).toHaveLength(1);
  });

  it('fills a deferred answer with the first follow-up', async () => {
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.followUp({ content: 'first', flags: MessageFlags.Ephemeral });
    };
    const deed = mira().command('/craft', { recipe: 'iron' });
    expect(await deed.message()).toMatchObject({ content: 'first', visibleTo: null });
    expect(deed.followUps).toEqual([]);
  });

  it('returns the message with_response', async () => {
    const seen = signal<string | undefined>();
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const answer = await interaction.reply({ content: 'hello', withResponse: true });
      seen.resolve(answer.resource?.message?.content);
    };
    mira().command('/craft', { recipe: 'iron' });
    expect(await seen.promise).toBe('hello');
  });
});

describe('the three seconds and the fifteen minutes', () => {
  it('refuse a late first answer with 10062, and the person is told', async () => {
    const arrived = signal();
    const late = signal();
    react = async (interaction) => {
      arrived.resolve();
      await late.promise;
      if (interaction.isChatInputCommand()) await interaction.reply('sorry');
    };
    const deed = mira().command('/craft', { recipe: 'iron' });
    await arrived.promise;
    now += 3_001;
    stage.discord.settle();
    await expect(deed.answered).rejects.toThrow(NoResponse);
    late.resolve();
    const failure = await failed.promise;
    expect(failure).toMatchObject({ code: 10062, status: 404 });
  });

  it('refuse an answer that is late although nobody looked at the clock', async () => {
    react = async (interaction) => {
      now += 3_001;
      if (interaction.isChatInputCommand()) await interaction.reply('sorry');
    };
    mira().command('/craft', { recipe: 'iron' });
    const failure = await failed.promise;
    expect(failure).toMatchObject({ code: 10062 });
  });

  it('refuse a second first answer with 40060', async () => {
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const again = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      await interaction.reply('one');
      await client.rest.post(again, { body: { type: 4, data: { content: 'two' } }, auth: false });
    };
    mira().command('/craft', { recipe: 'iron' });
    const failure = await failed.promise;
    expect(failure).toMatchObject({ code: 40060, status: 400 });
    expect(stage.discord.messages(stage.workshop)).toHaveLength(1);
  });

  it('end the token after 15 minutes', async () => {
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply('one');
      now += 15 * 60_000 + 1;
      await interaction.followUp('two');
    };
    mira().command('/craft', { recipe: 'iron' });
    const failure = await failed.promise;
    expect(failure).toMatchObject({ code: 50027, status: 401 });
  });
});

describe('autocompletion', () => {
  it('asks with what was typed and what else is there', async () => {
    react = async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([
        { name: `${name}: ${value} ×${interaction.options.getInteger('quantity')}`, value: 'x' },
      ]);
    };
    const deed = mira().autocomplete('/craft', 'recipe', 'iro', { quantity: 3 });
    expect(await deed.choices()).toEqual([{ name: 'recipe: iro ×3', value: 'x' }]);
  });

  it('is refused above 25 choices', async () => {
    react = async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      await interaction.respond(
        Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: `${index}` })),
      );
    };
    mira().autocomplete('/craft', 'recipe', '');
    const failure = await failed.promise;
    expect(failure).toMatchObject({ code: 50035 });
    expect(stage.discord.refusals).toHaveLength(1);
  });

  it('cannot be answered with a message', async () => {
    react = async (interaction) => {
      const callback = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      await client.rest.post(callback, { body: { type: 4, data: { content: 'no' } }, auth: false });
    };
    mira().autocomplete('/craft', 'recipe', '');
    const failure = await failed.promise;
    expect(failure).toBeInstanceOf(DiscordAPIError);
  });
});

describe('components', () => {
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('cancel:1').setLabel('Cancel').setStyle(ButtonStyle.Danger),
    new ButtonBuilder()
      .setCustomId('dead')
      .setLabel('Dead')
      .setStyle(ButtonStyle.Secondary)
      .setDisabled(true),
  );

  it('let a button change its message', async () => {
    react = async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.reply({ content: 'working', components: [buttons] });
      }
      if (interaction.isButton())
        await interaction.update({ content: `${interaction.customId}!`, components: [] });
    };
    const message = await mira().command('/craft', { recipe: 'iron' }).message();
    expect(() => mira().press(message, 'Nothing')).toThrow(ClientRefusal);
    expect(() => mira().press(message, 'Dead')).toThrow(ClientRefusal);
    const pressed = mira().press(message, 'Cancel');
    expect(await pressed.answered).toEqual({ kind: 'updated', messageId: message.id });
    expect(await pressed.message()).toMatchObject({ id: message.id, content: 'cancel:1!', components: [] });
  });

  it('let a button be deferred, and its message edited', async () => {
    react = async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'working', components: [buttons] });
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await interaction.editReply('edited');
    };
    const message = await mira().command('/craft', { recipe: 'iron' }).message();
    expect((await mira().press(message, 'Cancel').message()).content).toBe('edited');
  });

  it('bring a made-up custom id, and a press by somebody else, to the bot', async () => {
    react = async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'working', components: [buttons] });
      if (interaction.isButton()) {
        await interaction.reply({
          content: `${interaction.user.globalName} ${interaction.customId}`,
          flags: MessageFlags.Ephemeral,
        });
      }
    };
    const message = await mira().command('/craft', { recipe: 'iron' }).message();
    const tobin = stage.discord.as(stage.tobin, stage.workshop);
    expect((await tobin.pressRaw(message, 'cancel:999').message()).content).toBe('Tobin cancel:999');
  });

  it('do not let somebody press what they cannot see', async () => {
    react = async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({ content: 'x', components: [buttons], flags: MessageFlags.Ephemeral });
    };
    const message = await mira().command('/craft', { recipe: 'iron' }).message();
    expect(() => stage.discord.as(stage.tobin, stage.workshop).press(message, 'Cancel')).toThrow(
      ClientRefusal,
    );
  });

  it('let somebody choose, and fill in a form', async () => {
    const select = new StringSelectMenuBuilder()
      .setCustomId('pick')
      .addOptions({ label: 'Iron', value: 'iron' }, { label: 'Gold', value: 'gold' });
    const field = new TextInputBuilder()
      .setCustomId('motto')
      .setLabel('Motto')
      .setStyle(TextInputStyle.Short);
    react = async (interaction) => {
      if (interaction.isChatInputCommand()) {
        const row = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select);
        await interaction.reply({ content: 'choose', components: [row] });
      }
      if (interaction.isStringSelectMenu()) {
        const row = new ActionRowBuilder<TextInputBuilder>().addComponents(field);
        const modal = new ModalBuilder().setCustomId(`modal:${interaction.values[0]}`).setTitle('Say');
        await interaction.showModal(modal.addComponents(row));
      }
      if (interaction.isModalSubmit()) {
        await interaction.reply(`${interaction.customId} ${interaction.fields.getTextInputValue('motto')}`);
      }
    };
    const message = await mira().command('/craft', { recipe: 'iron' }).message();
    expect(() => mira().select(message, 'pick', ['silver'])).toThrow(ClientRefusal);
    expect(() => mira().select(message, 'pick', ['iron', 'gold'])).toThrow(ClientRefusal);
    const chosen = mira().select(message, 'pick', ['Gold']);
    expect((await chosen.answered).kind).toBe('modal');
    expect(() => mira().submit(chosen, {})).toThrow(ClientRefusal);
    expect((await mira().submit(chosen, { motto: 'onward' }).message()).content).toBe('modal:gold onward');
  });
});

describe('delivery', () => {
  it('can be lost', async () => {
    const deed = mira().command('/craft', { recipe: 'iron' }, { delivery: 'never' });
    now += 3_001;
    stage.discord.settle();
    await expect(deed.answered).rejects.toThrow('The application did not respond');
  });

  it('can come twice', async () => {
    let times = 0;
    react = async (interaction) => {
      times += 1;
      if (interaction.isChatInputCommand()) await interaction.reply('once');
    };
    const deed = mira().command('/craft', { recipe: 'iron' }, { delivery: 'twice' });
    await deed.message();
    const failure = await failed.promise;
    expect(times).toBe(2);
    expect(failure).toMatchObject({ code: 40060 });
  });

  it('waits for a bot that was cut off and resumes', async () => {
    react = async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('back');
    };
    stage.discord.dropGateway({ code: 4000 });
    await stage.discord.whenGone();
    const deed = mira().command('/craft', { recipe: 'iron' });
    expect((await deed.message()).content).toBe('back');
  });
});
