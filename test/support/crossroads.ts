import { join } from 'node:path';
import type {
  GuildChannelRecord,
  InteractionHandle,
  MessageRecord,
  OptionValues,
  RoleRecord,
  Seat,
  UserRecord,
} from '../../playground/discord/index.ts';
import { ignoredChannels, MOST_IGNORED_CHANNELS } from '../../src/game/engagement/settings.ts';
import { managerRole } from '../../src/game/servers/settings.ts';
import { buttonsOn } from './commands.ts';
import { createGameBench, HOUR } from './game.ts';
import { Stage } from './stage.ts';
import { untilIdle } from './unchanged.ts';

/** How many channels an admin has left out: as many as can be. */
export const IGNORED_CHANNELS = MOST_IGNORED_CHANNELS;

/** Longer than any test: a campfire takes 25 minutes, a trip to the woods more than half a day. */
const SLOWLY = { GAME_SPEED: '0.01' };

/** What stands about in the workshop, all of it Odette's. */
interface OdettesThings {
  readonly craft: MessageRecord;
  readonly trip: MessageRecord;
  readonly gift: MessageRecord;
  readonly leaderboard: MessageRecord;
}

/**
 * A place where anything can go wrong: somebody else's things stand about in the workshop, some channels are closed to
 * the bot, and there are two more servers. Everybody may change the settings, and has a past: a day ago they took their
 * gift, came back from the woods, made a campfire, made oak planks, and made those again.
 */
export interface Crossroads {
  readonly stage: Stage;
  readonly things: OdettesThings;
  /** The bot may not write here. */
  readonly closed: GuildChannelRecord;
  /** The bot may neither write nor show cards here. */
  readonly shut: GuildChannelRecord;
  /** In a server in which nobody has done anything yet. */
  readonly elsewhere: GuildChannelRecord;
  /** In a server that has the commands and not the bot. */
  readonly withoutBot: GuildChannelRecord;
  /** In a server in which they may not set anything. */
  readonly commons: GuildChannelRecord;
  /** The role with which they may set nearly everything there. */
  readonly stewards: RoleRecord;
  /** In a server in which the bot is timed out. */
  readonly hushed: GuildChannelRecord;
  /** Until when it is. */
  readonly hushedUntil: number;
  /** Somebody of no server. */
  readonly stranger: UserRecord;
}

/**
 * Builds it, starts the bot, and waits until the bot has nothing left to do.
 *
 * @param locales the languages of those who come there, one for each
 */
export async function openCrossroads(
  locales: readonly string[],
): Promise<{ crossroads: Crossroads; people: readonly UserRecord[] }> {
  const stage = await Stage.set({ environment: SLOWLY });
  const { discord, odette } = stage;
  const people = locales.map((locale, index) => discord.addUser({ name: `Guest ${index}`, locale }));
  const elsewhere = discord.addGuild({ name: 'Elsewhere', owner: odette });
  const withoutBot = discord.addGuild({ name: 'Without the bot', owner: odette, withBot: false });
  const hushed = discord.addGuild({ name: 'Hushed', owner: odette });
  const hushedUntil = Math.ceil((Date.now() + 24 * HOUR) / 1_000) * 1_000;
  discord.timeOut(hushed, discord.bot, hushedUntil);
  const commons = discord.addGuild({ name: 'Commons', owner: odette });
  const stewards = discord.addRole(commons, { name: 'Stewards' });
  for (const person of people) discord.addMember(commons, person);
  for (const guild of [stage.guild, elsewhere, withoutBot, hushed]) {
    const role = discord.addRole(guild, { name: 'Keepers', permissions: ['ManageGuild'] });
    for (const person of people) discord.addMember(guild, person, { roles: [role] });
  }
  const closed = discord.addChannel(stage.guild, { name: 'closed' });
  discord.setOverwrite(closed, discord.bot, { deny: ['SendMessages'] });
  const shut = discord.addChannel(stage.guild, { name: 'shut' });
  discord.setOverwrite(shut, discord.bot, { deny: ['SendMessages', 'EmbedLinks'] });

  liveYesterday(stage, people, { guildId: commons.id, roleId: stewards.id });
  await stage.startBot();
  const things = await useThings(stage);
  await untilIdle(stage);
  const crossroads: Crossroads = {
    stage,
    things,
    closed,
    shut,
    elsewhere: discord.addChannel(elsewhere, { name: 'meadow' }),
    withoutBot: discord.addChannel(withoutBot, { name: 'desert' }),
    commons: discord.addChannel(commons, { name: 'green' }),
    stewards,
    hushed: discord.addChannel(hushed, { name: 'library' }),
    hushedUntil,
    stranger: discord.addUser({ name: 'Stranger' }),
  };
  return { crossroads, people };
}

/** Writes everybody's past into the world. */
function liveYesterday(
  stage: Stage,
  people: readonly UserRecord[],
  stewards: { readonly guildId: string; readonly roleId: string },
): void {
  const { world, game, clock, act } = createGameBench({ file: join(stage.folder, 'world.sqlite') });
  clock.advance(Date.now() - clock.now() - 24 * HOUR);
  const guildId = stage.guild.id;
  for (const { id: userId, locale } of people) {
    const actor = { guildId, userId, locale, channelId: stage.workshop.id };
    const make = (recipeId: string) => {
      const { id } = act((tx) => game.crafting.startCraft(tx, { ...actor, recipeId, quantity: 1 }));
      clock.advance(HOUR);
      game.dueWork.settle(world, actor);
      clock.advance(-HOUR);
      return id;
    };
    act((tx) => game.daily.claim(tx, actor));
    act((tx) => game.gathering.setOut(tx, actor, { placeId: 'whispering_woods', supplies: false }));
    make('campfire');
    const planks = make('oak_plank');
    act((tx) => game.crafting.repeatCraft(tx, actor, planks));
    clock.advance(HOUR);
    game.dueWork.settle(world, actor);
    clock.advance(-HOUR);
  }
  const admin = stage.odette;
  const ignored = Array.from({ length: IGNORED_CHANNELS }, (_, channel) =>
    String(300_000_000_000_000_000n + BigInt(channel)),
  );
  act((tx) => game.settings.set(tx, guildId, admin.id, ignoredChannels, ignored));
  act((tx) => game.settings.set(tx, stewards.guildId, admin.id, managerRole, stewards.roleId));
  world.close();
}

async function useThings(stage: Stage): Promise<OdettesThings> {
  const odette = stage.discord.as(stage.odette, stage.workshop);
  return {
    craft: await odette.command('/craft', { recipe: 'iron_sword' }).message(),
    trip: await odette.command('/gather', { place: 'whispering_woods' }).message(),
    gift: await odette.command('/give', { user: stage.tobin, item: 'oak_log' }).message(),
    leaderboard: await odette.command('/leaderboard').message(),
  };
}

/** One person at the crossroads, in the workshop, and what they can do there. */
export class Guest {
  readonly crossroads: Crossroads;
  readonly seat: Seat;

  constructor(crossroads: Crossroads, person: UserRecord) {
    this.crossroads = crossroads;
    this.seat = crossroads.stage.discord.as(person, crossroads.stage.workshop);
  }

  /** Where they are sitting in another channel. */
  in(channel: { readonly id: string }): Seat {
    return this.crossroads.stage.discord.as(this.seat.user, channel);
  }

  /** Where they write to the bot alone. */
  get alone(): Seat {
    return this.in(this.crossroads.stage.discord.directChannel(this.seat.user));
  }

  /** Uses a command as no client would offer it: hidden where they are, or with values that are out of bounds. */
  force(command: string, values: OptionValues = {}, seat: Seat = this.seat): InteractionHandle {
    return seat.command(command, values, { evenIfHidden: true, evenIfInvalid: true });
  }

  /** Presses a button that was made up by hand. */
  press(customId: string, seat: Seat = this.seat): InteractionHandle {
    if (seat === this.seat) return seat.pressRaw(this.crossroads.things.craft, customId);
    // Not by somebody, whose taking part would be rewarded.
    const { discord } = this.crossroads.stage;
    const message = discord.postByWebhook(seat.channel, { name: 'Noticeboard', content: 'Which button?' });
    return seat.pressRaw(message, customId);
  }

  /** Presses one of the buttons on a message, and waits for the answer. */
  async pressOn(message: MessageRecord, handler: string): Promise<MessageRecord> {
    return this.seat.press(message, customIdOn(message, handler)).message();
  }

  /** The craft of theirs that fits a condition. */
  craft(condition: string): { id: string; at: number } {
    return this.#find(`SELECT id, coalesce(ended_at, completes_at) AS at FROM crafts`, condition);
  }

  /** The trip of theirs that fits a condition. */
  trip(condition: string): { id: string; at: number } {
    return this.#find(`SELECT id, coalesce(ended_at, returns_at) AS at FROM trips`, condition);
  }

  #find(select: string, condition: string): { id: string; at: number } {
    const sql = `${select} WHERE user_id = ? AND ${condition}`;
    const rows = this.crossroads.stage.query<{ id: string; at: number }>(sql, this.seat.user.id);
    const [row] = rows;
    if (!row || rows.length > 1) throw new Error(`There are ${rows.length} with ${condition}.`);
    return row;
  }
}

/** The custom id of a button on a message, by who handles it. */
export function customIdOn(message: MessageRecord, handler: string): string {
  const id = buttonsOn(message).find((each) => each.startsWith(`${handler}:`));
  if (id === undefined) throw new Error(`There is no button of ${handler}: ${buttonsOn(message).join(', ')}`);
  return id;
}
