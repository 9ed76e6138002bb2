import { type APITextInputComponent, ComponentType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { InteractionHandle, MessageRecord, Seat } from '../../playground/discord/index.ts';
import { everyComponent } from '../../playground/discord/wire/components.ts';
import { Stage } from '../support/stage.ts';
import { refusal, untilIdle } from '../support/unchanged.ts';

/** Slow enough that nothing ends by itself while a test lasts. */
const SLOWLY = { environment: { GAME_SPEED: '0.01' } };

/** The panel as somebody uses it. */
class Panel {
  readonly #seat: Seat;
  readonly message: MessageRecord;

  private constructor(seat: Seat, message: MessageRecord) {
    this.#seat = seat;
    this.message = message;
  }

  static async open(seat: Seat): Promise<Panel> {
    const message = await seat.command('/config panel', {}, { evenIfHidden: true }).message();
    expect(message.visibleTo).toBe(seat.user.id);
    return new Panel(seat, message);
  }

  get text(): string {
    return this.message.embeds[0]?.description ?? '';
  }

  get title(): string {
    return this.message.embeds[0]?.title ?? '';
  }

  /** What it says of a setting: the line that begins with this. */
  line(beginning: string): string | undefined {
    return this.text.split('\n').find((line) => line.startsWith(beginning));
  }

  /** What home says of an area. */
  area(name: string): string | undefined {
    return this.message.embeds[0]?.fields?.find((field) => field.name.endsWith(name))?.value;
  }

  async browse(...places: readonly string[]): Promise<void> {
    for (const place of places) await this.#done(this.#seat.select(this.message, 'browseSettings', [place]));
  }

  async back(): Promise<void> {
    await this.#done(this.#seat.press(this.message, '◀ Back'));
  }

  /** Presses a button, or one under another message. */
  press(label: string, message = this.message): InteractionHandle {
    return this.#seat.press(message, label);
  }

  choose(setting: string, action: string, ...values: readonly string[]): InteractionHandle {
    return this.#seat.select(this.message, `chooseSetting:${setting}:${action}:${setting}`, values);
  }

  /** Fills a modal that was opened. */
  async submit(opened: InteractionHandle, values: Readonly<Record<string, string>>) {
    await opened.answered;
    return this.#seat.submit(opened, values).message();
  }

  /** It stays one message, whatever it shows. */
  async #done(handle: InteractionHandle): Promise<void> {
    expect((await handle.message()).id).toBe(this.message.id);
  }
}

/** What stands in the fields of a modal that was opened. */
async function fieldsOf(opened: InteractionHandle): Promise<Record<string, string | undefined>> {
  const answer = await opened.answered;
  if (answer.kind !== 'modal') throw new Error(`The answer was ${answer.kind}, not a modal.`);
  const inputs = everyComponent(answer.modal.components) as unknown as APITextInputComponent[];
  return Object.fromEntries(
    inputs.filter((each) => each.custom_id).map((each) => [each.custom_id, each.value]),
  );
}

describe('the panel', () => {
  test('shows what is set, leads to each setting and changes it, and goes on after a restart', async () => {
    const stage = await Stage.open();
    const panel = await Panel.open(stage.discord.as(stage.odette, stage.workshop));
    expect(panel.title).toBe('How I am set up');
    expect(panel.area('Announcements')).toBe('11 settings are as they come.');

    await panel.browse('announcements', 'announcementChannel');
    expect(panel.line('**Now:**')).toBe('**Now:** nowhere. Nothing is announced until you choose a channel');
    const closed = stage.discord.addChannel(stage.guild, { name: 'closed' });
    stage.discord.setOverwrite(closed, stage.discord.bot, { deny: ['SendMessages'] });
    await untilIdle(stage);
    const chosen = () => panel.choose('announcementChannel', 'choose', closed.id);
    expect(await refusal(stage, chosen)).toContain(`I cannot announce in <#${closed.id}> yet`);
    await panel.choose('announcementChannel', 'choose', stage.news.id).message();
    expect(panel.line('**Now:**')).toBe(`**Now:** <#${stage.news.id}>`);

    await stage.bot.stop();
    await stage.startBot();
    await panel.back();
    expect(panel.line('📣')).toBe(`📣 **Announcements:** <#${stage.news.id}>`);
    await panel.browse('rareItemRoute');
    await panel.press('Turn off').message();
    expect(panel.line('**Now:**')).toBe('**Now:** off');
    await panel.press('Set back').message();
    expect(panel.line('**Now:**')).toBe('**Now:** same as the others');
    await panel.back();
    await panel.back();
    expect(panel.area('Announcements')).toBe(
      `📣 **Announcements:** <#${stage.news.id}>\n10 settings are as they come.`,
    );
    expect(
      stage.query("SELECT data ->> 'setting' AS setting FROM events WHERE name = 'settingsChanged'"),
    ).toEqual([
      { setting: 'announcementChannel' },
      { setting: 'rareItemRoute' },
      { setting: 'rareItemRoute' },
    ]);
    expect(stage.discord.refusals).toEqual([]);
  });

  test('says why what was typed cannot be, and lets it be mended', async () => {
    const stage = await Stage.join(SLOWLY);
    const panel = await Panel.open(stage.discord.as(stage.odette, stage.workshop));
    await panel.browse('announcements', 'quietHours');
    const typed = { from: '22.30', until: '7 o’clock', timeZone: 'berlin' };
    const refused = await panel.submit(panel.press('Change'), typed);
    expect(refused.content).toBe('“7 o’clock” is no time of the day. Write it like 22:00, 22.30 or 7.');
    expect(refused.visibleTo).toBe(stage.odette.id);
    expect([panel.line('**Now:**'), stage.count('guild_settings')]).toEqual(['**Now:** none', 0]);

    const again = panel.press('Try again', refused);
    expect(await fieldsOf(again)).toEqual(typed);
    const mended = await panel.submit(again, { ...typed, until: '7' });
    expect(mended).toMatchObject({ id: refused.id, content: '' });
    expect(mended.embeds[0]?.description).toContain(
      '**Now:** from 22:30 to 07:00, by the clock of Europe/Berlin',
    );
    expect(await fieldsOf(panel.press('Change', mended))).toEqual({
      from: '22:30',
      until: '07:00',
      timeZone: 'Europe/Berlin',
    });
    expect(stage.discord.refusals).toEqual([]);
  });

  test('shows two admins what is in force, and neither undoes what the other does', async () => {
    const stage = await Stage.join(SLOWLY);
    const keepers = stage.discord.addRole(stage.guild, { name: 'Keepers', permissions: ['ManageGuild'] });
    stage.discord.setMemberRoles(stage.guild, stage.tobin, [keepers]);
    const hall = stage.discord.addChannel(stage.guild, { name: 'hall' });
    const panels = [
      await Panel.open(stage.discord.as(stage.odette, stage.workshop)),
      await Panel.open(stage.discord.as(stage.tobin, stage.workshop)),
    ] as const;
    for (const panel of panels) await panel.browse('engagement', 'ignoredChannels');
    const [odette, tobin] = panels;
    await Promise.all([
      odette.choose('ignoredChannels', 'add', stage.news.id, hall.id).answered,
      tobin.choose('ignoredChannels', 'add', stage.workshop.id, hall.id).answered,
    ]);
    await odette.choose('ignoredChannels', 'remove1', hall.id).message();
    const left = odette.line('**Now:**')?.match(/\d{15,}/g) ?? [];
    expect(left.toSorted()).toEqual([stage.news.id, stage.workshop.id].toSorted());
    // What Tobin sees is older; what he does goes by what is in force.
    await tobin.choose('ignoredChannels', 'remove1', stage.workshop.id).message();
    expect(tobin.line('**Now:**')).toBe(`**Now:** <#${stage.news.id}>`);
    expect(stage.discord.refusals).toEqual([]);
  });

  test('takes nothing for true that a client makes up', async () => {
    const stage = await Stage.join(SLOWLY);
    const elsewhere = stage.discord.addGuild({ name: 'Elsewhere', owner: stage.odette });
    const meadow = stage.discord.addChannel(elsewhere, { name: 'meadow' });
    const seat = stage.discord.as(stage.odette, stage.workshop);
    const panel = await Panel.open(seat);
    await panel.browse('announcements', 'announcementChannel');
    await untilIdle(stage);
    const broken = 'That does not work anymore. Type the command again to get a fresh one.';
    const madeUp: readonly (readonly [customId: string, says: string])[] = [
      ['setSetting:engagementEnabled:off:nowhere', broken],
      ['setSetting:engagementEnabled:explode:home', broken],
      ['setSetting:engagementEnabled:off', broken],
      [
        'setSetting:constructor:off:home',
        'There is nothing to set called “constructor”. Pick something from the list.',
      ],
      ['askSetting:announcementSpacing:reset:home', broken],
      ['enterSetting:announcementSpacing:ask:home', broken],
      ['openSettings:nowhere', 'There is nothing to set called “nowhere”. Pick something from the list.'],
    ];
    for (const [customId, says] of madeUp) {
      expect(await refusal(stage, () => seat.pressRaw(panel.message, customId)), customId).toBe(says);
    }
    // A list of texts instead of the channels, with a channel of another server on it.
    const select = {
      type: ComponentType.StringSelect,
      custom_id: 'chooseSetting:announcementChannel:choose:home',
      options: [{ label: 'meadow', value: meadow.id }],
    };
    const foreign = () => seat.selectRaw(panel.message, select, [meadow.id]);
    expect(await refusal(stage, foreign)).toContain('That channel is not in this server anymore.');
    const garbled = seat.pressRaw(panel.message, 'askSetting:announcementSpacing:ask:home:%%%');
    expect((await garbled.answered).kind).toBe('modal');
    expect(stage.bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('doubles the XP for a while, which players are told with what they are promised', async () => {
    const stage = await Stage.join(SLOWLY);
    const usual = (await stage.craft('campfire')).embeds[0]?.description;
    const panel = await Panel.open(stage.discord.as(stage.odette, stage.workshop));
    await panel.browse('game', 'xpFactor');
    await panel.submit(panel.choose('xpFactor', 'boost', 'day'), { number: '2' });
    expect(panel.line('**Now:**')).toMatch(/^\*\*Now:\*\* ×2, ends <t:\d+:R>, then ×1$/);
    const boosted = (await stage.craft('campfire')).embeds[0]?.description;
    expect(usual).toContain('Worth 10 XP when it is done');
    expect(usual).not.toContain('in this server');
    expect(boosted).toContain('Worth 20 XP when it is done');
    expect(boosted).toMatch(/✨ \*\*×2 XP\*\* in this server, ends <t:\d+:R>$/);
    await panel.press('End it now').message();
    expect(panel.line('**Now:**')).toBe('**Now:** ×1');
    expect((await stage.craft('campfire')).embeds[0]?.description).toContain('Worth 10 XP when it is done');
    expect(stage.discord.refusals).toEqual([]);
  });

  test('lets whoever has the manager role set everything but that role', async () => {
    const stage = await Stage.join(SLOWLY);
    const smiths = stage.discord.addRole(stage.guild, { name: 'Smiths' });
    stage.discord.setMemberRoles(stage.guild, stage.mira, [smiths]);
    const owner = await Panel.open(stage.discord.as(stage.odette, stage.workshop));
    await owner.browse('server', 'managerRole');
    await owner.choose('managerRole', 'choose', smiths.id).message();
    expect(owner.text).toContain(`**Now:** <@&${smiths.id}>`);
    expect(owner.text).toContain('**Server Settings → Integrations → Forgeling**');

    const mira = await Panel.open(stage.discord.as(stage.mira, stage.workshop));
    await mira.browse('server', 'serverLanguage');
    await mira.choose('serverLanguage', 'choose', 'de').message();
    expect(mira.line('**Now:**')).toBe('**Now:** Deutsch');
    await mira.back();
    await mira.browse('managerRole');
    await untilIdle(stage);
    const only =
      'Only members with the Manage Server permission can change this: the manager role is not enough.';
    for (const label of ['Turn off', 'Set back']) {
      expect(await refusal(stage, () => mira.press(label))).toBe(only);
    }
    const reset = () =>
      stage.discord
        .as(stage.mira, stage.workshop)
        .command('/config reset', { setting: 'managerRole' }, { evenIfHidden: true });
    expect(await refusal(stage, reset)).toBe(only);
    // Whoever loses the role can do nothing with a panel that is still open.
    stage.discord.setMemberRoles(stage.guild, stage.mira, []);
    expect(await refusal(stage, () => mira.press('◀ Back'))).toContain('or the server’s manager role');
    expect(stage.discord.refusals).toEqual([]);
  });
});
