import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InteractionHandle, MessageRecord } from '../../playground/discord/index.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import type { RefusalCode } from '../../src/game/refusal.ts';
import { buttonsOn } from '../support/commands.ts';
import { customIdOn, Guest, IGNORED_CHANNELS, openCrossroads } from '../support/crossroads.ts';
import { refusal, untilIdle } from '../support/unchanged.ts';

/** What is refused, and in which words to somebody who reads English. */
interface Refused {
  readonly ask: () => InteractionHandle;
  readonly says: string | RegExp;
}

/** Leads somebody to where they are refused. */
type Scenario = (guest: Guest) => Refused | Promise<Refused>;

/** Why no player can ever read a text. */
class Unreachable {
  readonly because: string;

  constructor(because: string) {
    this.because = because;
  }
}

/** What leads to each text of a refusal, by the end of its key: a variant or a plural. */
type Variants = Readonly<Record<string, Scenario | Unreachable>>;

const WOODS = 'whispering_woods';

/** Every refusal there is: whoever adds a code says here how a player meets it, or why nobody does. */
const SCENARIOS: { readonly [Code in RefusalCode]: Scenario | Unreachable | Variants } = {
  notInServer: (guest) => ({
    ask: () => guest.force('/inventory', {}, guest.alone),
    says: 'This works in a server only. Go to one of your servers and type it there.',
  }),
  needsBot: (guest) => ({
    ask: () => guest.force('/config announcements', {}, guest.in(guest.crossroads.withoutBot)),
    says: 'I am not a member of this server yet, so there is nothing to set. Invite me with the scope `bot` too, then try again.',
  }),
  missingChannelPermissions: {
    one: (guest) => ({
      ask: () => guest.force('/config announcements', { channel: guest.crossroads.closed }),
      says:
        `I cannot announce in <#${guest.crossroads.closed.id}> yet: I lack the permission **Send Messages** there. ` +
        'Grant it in the channel’s settings under Permissions, then try again.',
    }),
    other: (guest) => ({
      ask: () => guest.force('/config announcements', { channel: guest.crossroads.shut }),
      says:
        `I cannot announce in <#${guest.crossroads.shut.id}> yet: I lack the permissions **Send Messages**, **Embed Links** there. ` +
        'Grant them in the channel’s settings under Permissions, then try again.',
    }),
  },
  needsManageServer: (guest) => ({
    ask: () => guest.press(`sendTest:${guest.crossroads.commons.id}`, guest.in(guest.crossroads.commons)),
    says: 'Only members with the Manage Server permission or the server’s manager role can use this.',
  }),
  needsManageServerItself: (guest) => {
    const { commons, stewards, stage } = guest.crossroads;
    stage.discord.setMemberRoles({ id: commons.guildId }, guest.seat.user, [stewards]);
    return {
      ask: () => guest.force('/config server', { 'managers-off': true }, guest.in(commons)),
      says: 'Only members with the Manage Server permission can change this: the manager role is not enough.',
    };
  },
  settingOutOfRange: {
    whole: (guest) => ({
      ask: () => guest.force('/config announcements', { spacing: 3_601 }),
      says: 'That can be a whole number from 2 to 3,600.',
    }),
    any: (guest) => ({
      ask: () => guest.force('/config game', { xp: 10.5 }),
      says: 'That can be a number from 0.25 to 10.',
    }),
  },
  unreadableNumber: async (guest) => {
    const opened = guest.press('askSetting:announcementSpacing:ask:announcementSpacing');
    await opened.answered;
    return {
      ask: () => guest.seat.submit(opened, { number: '**many**' }),
      says: '“\\*\\*many\\*\\*” is no number that I can read. Write it with digits, like 2 or 1.5.',
    };
  },
  boostIncomplete: (guest) => ({
    ask: () => guest.seat.command('/config game', { 'xp-for': 'day' }),
    says: 'I know for how long, but not what is to count then. Give the number as well.',
  }),
  unknownSpan: (guest) => ({
    ask: () => guest.force('/config game', { xp: 2, 'xp-for': 'eternity' }),
    says: 'I don’t know that length of time. Pick one from the list.',
  }),
  everybodysRole: (guest) => ({
    ask: () => guest.seat.command('/config server', { managers: guest.crossroads.stage.guild }),
    says: 'That is everybody’s role: with it everybody could set me up. Choose another one.',
  }),
  unknownRole: unreachable(
    'Discord only offers roles that are there; another one is in settings-forms.test.',
  ),
  unknownSetting: (guest) => ({
    ask: () => guest.seat.command('/config reset', { setting: 'gravity' }),
    says: 'There is nothing to set called “gravity”. Pick something from the list.',
  }),
  unreadableTime: (guest) => ({
    ask: () => guest.seat.command('/config announcements', { 'quiet-from': '25:00', 'quiet-until': '7' }),
    says: '“25\\:00” is no time of the day. Write it like 22:00, 22.30 or 7.',
  }),
  unknownTimeZone: (guest) => ({
    ask: () => guest.seat.command('/config announcements', { 'time-zone': 'Middle/Earth' }),
    says: 'There is no time zone called “Middle/Earth”. Type the nearest big city and pick one from the list.',
  }),
  quietHoursIncomplete: {
    from: (guest) => ({
      ask: () => guest.seat.command('/config announcements', { 'quiet-until': '7' }),
      says: 'There are no quiet hours yet, so I have to know when they begin, too. Give `quiet-from` as well.',
    }),
    until: (guest) => ({
      ask: () => guest.seat.command('/config announcements', { 'quiet-from': '22' }),
      says: 'There are no quiet hours yet, so I have to know when they end, too. Give `quiet-until` as well.',
    }),
    both: (guest) => ({
      ask: () => guest.seat.command('/config announcements', { 'time-zone': 'Europe/Berlin' }),
      says: 'There are no quiet hours yet that a time zone could be for. Give `quiet-from` and `quiet-until` as well.',
    }),
  },
  quietHoursEmpty: (guest) => ({
    ask: () => guest.seat.command('/config announcements', { 'quiet-from': '22', 'quiet-until': '22:00' }),
    says: 'Quiet hours have to end at another time than they begin. To have none at all, use `quiet-off`.',
  }),
  unknownChannel: (guest) => ({
    ask: () => guest.press(`sendTest:${guest.crossroads.elsewhere.id}`),
    says: 'That channel is not in this server anymore. `/admin doctor` shows how things stand.',
  }),
  botTimedOut: (guest) => ({
    ask: () => guest.press(`sendTest:${guest.crossroads.hushed.id}`, guest.in(guest.crossroads.hushed)),
    says:
      `Somebody gave me a timeout, so I can write nowhere in this server. It ends ${moment(guest.crossroads.hushedUntil)}; ` +
      'to end it now, open my profile and choose **Remove Timeout**.',
  }),
  tooManyChannels: {
    one: unreachable(`There is room for ${IGNORED_CHANNELS}, which no setting changes.`),
    other: (guest) => ({
      ask: () => guest.force('/config engagement', { ignore: guest.crossroads.closed }),
      says: '50 channels fit on that list and no more. Take one off first.',
    }),
  },
  brokenButton: (guest) => ({
    ask: () => guest.press('doSomethingElse:1'),
    says: 'That does not work anymore. Type the command again to get a fresh one.',
  }),
  unknownAnnouncements: (guest) => ({
    ask: () => guest.press('announcementsPage:0:anybody:made-up'),
    says: 'That message is not known here anymore, so there is nothing to show.',
  }),
  notYourPages: ({ seat, crossroads: { things } }) => ({
    ask: () => seat.press(things.leaderboard, customIdOn(things.leaderboard, 'leaderboardTab')),
    says: 'Somebody else is reading these. Type the command yourself to turn the pages of your own.',
  }),

  unknownRecipe: (guest) => ({
    ask: () => guest.seat.command('/craft', { recipe: 'philosophers_stone' }),
    says: 'There is no recipe called “philosophers\\_stone”. Pick one from the list that opens while you type.',
  }),
  quantityOutOfRange: (guest) => ({
    ask: () => guest.force('/craft', { recipe: 'campfire', quantity: 26 }),
    says: 'You can order 1 to 25 at once.',
  }),
  levelTooLow: (guest) => ({
    ask: () => guest.seat.command('/craft', { recipe: 'moonsteel_crown' }),
    says: 'You need level 5 for Moonsteel Crown; you are level 1. Crafting, trips and gifts bring you there: `/help` shows what you could do now.',
  }),
  missingMaterials: {
    one: unreachable('Every order that lacks something is answered with the way to it, a plan.'),
    other: unreachable('The same.'),
  },
  queueFull: {
    zero: unreachable(
      'The perks give a queue to everybody; only a server with other content could take it away.',
    ),
    one: unreachable('The perks let four wait at the least.'),
    other: async (guest) => {
      await guest.seat.command('/craft', { recipe: 'iron_sword' }).message();
      for (let order = 0; order < 4; order++)
        await guest.seat.command('/craft', { recipe: 'oak_plank' }).message();
      return {
        ask: () => guest.seat.command('/craft', { recipe: 'campfire' }),
        says: `Your queue is full: 4 crafts can wait for their turn. There is room again ${moment(guest.craft("state = 'active'").at)}.`,
      };
    },
  },
  unknownCraft: (guest) => ({
    ask: () => guest.press('cancelCraft:made-up'),
    says: 'That craft is not known here. See what you have at work with `/crafting`.',
  }),
  notYourCraft: ({ seat, crossroads: { things } }) => ({
    ask: () => seat.press(things.craft, customIdOn(things.craft, 'cancelCraft')),
    says: 'That is somebody else’s craft. Yours are in `/crafting`.',
  }),
  craftIsOver: {
    completed: (guest) => {
      const { id, at } = guest.craft("recipe_id = 'campfire'");
      return {
        ask: () => guest.press(`cancelCraft:${id}`),
        says: `That craft was finished ${moment(at)}. What it made is in your \`/inventory\`.`,
      };
    },
    cancelled: async (guest) => {
      const started = await guest.seat.command('/craft', { recipe: 'iron_sword' }).message();
      await guest.pressOn(await guest.pressOn(started, 'cancelCraft'), 'confirmCancelCraft');
      const { id, at } = guest.craft("state = 'cancelled'");
      return {
        ask: () => guest.press(`cancelCraft:${id}`),
        says: `That craft was given up ${moment(at)}. What was left of its materials is back in your \`/inventory\`.`,
      };
    },
    due: unreachable(
      'Every press hands over what is due before it looks; it would have to fall due in between.',
    ),
  },
  refundChanged: unreachable(
    'Who gets less than they agreed to is asked once more, and shown what it is now.',
  ),
  repeatedAlready: {
    waiting: async (guest) => {
      const { id } = guest.craft("recipe_id = 'campfire'");
      await guest.seat.command('/craft', { recipe: 'iron_sword' }).message();
      await guest.press(`repeatCraft:${id}`).message();
      const sword = guest.craft("recipe_id = 'iron_sword'");
      // 15 seconds, a hundredth of the speed.
      const readyAt = moment(sword.at + 1_500_000);
      return {
        ask: () => guest.press(`repeatCraft:${id}`),
        says: `You have ordered that again already: Campfire. It waits in your queue and should be ready ${readyAt}; type \`/craft\` for more.`,
      };
    },
    active: async (guest) => {
      const { id } = guest.craft("recipe_id = 'campfire'");
      await guest.press(`repeatCraft:${id}`).message();
      const readyAt = moment(guest.craft("state = 'active'").at);
      return {
        ask: () => guest.press(`repeatCraft:${id}`),
        says: `You are making that again already: Campfire. It is ready ${readyAt}; type \`/craft\` for more.`,
      };
    },
    completed: (guest) => {
      const { id } = guest.craft("recipe_id = 'oak_plank' AND repeated_by IS NOT NULL");
      const { at } = guest.craft("recipe_id = 'oak_plank' AND repeated_by IS NULL");
      return {
        ask: () => guest.press(`repeatCraft:${id}`),
        says: `You made that again already: Oak Plank. It was ready ${moment(at)}; type \`/craft\` for more.`,
      };
    },
    cancelled: async (guest) => {
      const { id } = guest.craft("recipe_id = 'campfire'");
      const started = await guest.press(`repeatCraft:${id}`).message();
      await guest.pressOn(await guest.pressOn(started, 'cancelCraft'), 'confirmCancelCraft');
      const { at } = guest.craft("state = 'cancelled'");
      return {
        ask: () => guest.press(`repeatCraft:${id}`),
        says: `You ordered that again already and gave it up ${moment(at)}. Type \`/craft\` to start it anew.`,
      };
    },
  },

  unknownPlace: (guest) => ({
    ask: () => guest.seat.command('/gather', { place: '**Atlantis**' }),
    says: 'There is no place called “\\*\\*Atlantis\\*\\*”. Pick one from the list that opens while you type.',
  }),
  placeTooFar: (guest) => ({
    ask: () => guest.seat.command('/gather', { place: 'skyfall_crater' }),
    says: /^That place is too far for you yet: \S+ Skyfall Crater\. It needs level ([2-9]|[1-9]\d), and you are level 1\. `\/gather` shows where you can go now\.$/,
  }),
  alreadyOut: async (guest) => {
    await guest.seat.command('/gather', { place: WOODS }).message();
    return {
      ask: () => guest.seat.command('/gather', { place: 'old_quarry' }),
      says: `You are out already: 🌲 Whispering Woods. You are back ${moment(guest.trip("state = 'active'").at)}; \`/gather\` shows the trip.`,
    };
  },
  placeTakesNoSupplies: (guest) => ({
    ask: () => guest.seat.command('/gather', { place: WOODS, supplies: true }),
    says: 'Nothing that you could take along helps in 🌲 Whispering Woods. Set out without supplies.',
  }),
  noSupplies: (guest) => ({
    ask: () => guest.seat.command('/gather', { place: 'old_quarry', supplies: true }),
    says: 'You have no 🕯️ Beeswax Candle to take along to ⛰️ Old Quarry. Set out without supplies, or see with `/item` where to get one.',
  }),
  unknownTrip: (guest) => ({
    ask: () => guest.press('turnBack:made-up'),
    says: 'That trip is not known here. `/gather` shows where you are.',
  }),
  notYourTrip: ({ seat, crossroads: { things } }) => ({
    ask: () => seat.press(things.trip, customIdOn(things.trip, 'turnBack')),
    says: 'That is somebody else’s trip. Set out on one of your own with `/gather`.',
  }),
  tripIsOver: {
    completed: (guest) => {
      const { id, at } = guest.trip("state = 'completed'");
      return {
        ask: () => guest.press(`turnBack:${id}`),
        says: `You came back from 🌲 Whispering Woods ${moment(at)}. What you found is in your \`/inventory\`.`,
      };
    },
    cancelled: async (guest) => {
      const started = await guest.seat.command('/gather', { place: WOODS }).message();
      await guest.pressOn(await guest.pressOn(started, 'turnBack'), 'confirmTurnBack');
      const { id, at } = guest.trip("state = 'cancelled'");
      return {
        ask: () => guest.press(`turnBack:${id}`),
        says: `You turned back from 🌲 Whispering Woods ${moment(at)}. Set out again with \`/gather\`.`,
      };
    },
    due: unreachable(
      'Every press brings back who is due before it looks; it would have to fall due in between.',
    ),
  },
  tripIsRepeated: async (guest) => {
    const { id } = guest.trip("state = 'completed'");
    await guest.press(`repeatTrip:${id}`).message();
    return {
      ask: () => guest.press(`repeatTrip:${id}`),
      says: 'You have set out again from here already. `/gather` shows where you are.',
    };
  },

  dailyTaken: {
    one: async (guest) => {
      const seat = guest.in(guest.crossroads.elsewhere);
      await seat.command('/daily').message();
      return {
        ask: () => seat.command('/daily'),
        says: `You have taken today’s gift already. The next one comes ${moment(midnight())}; take it for a second day in a row.`,
      };
    },
    other: async (guest) => {
      await guest.seat.command('/daily').message();
      return {
        ask: () => guest.seat.command('/daily'),
        says: `You have taken today’s gift already, 2 days in a row now. The next one comes ${moment(midnight())}.`,
      };
    },
  },

  unknownItem: (guest) => ({
    ask: () => guest.seat.command('/salvage', { item: 'anvil' }),
    says: 'There is no item called “anvil”. Pick one from the list that opens while you type.',
  }),
  notSalvageable: (guest) => ({
    ask: () => guest.seat.command('/salvage', { item: 'stone' }),
    says: '🪨 Stone cannot be taken apart: nobody made it in the first place.',
  }),
  notThatMany: {
    zero: (guest) => ({
      ask: () => guest.seat.command('/salvage', { item: 'iron_sword' }),
      says: 'You have no 🗡️ Iron Sword. See what you have in `/inventory`.',
    }),
    one: (guest) => ({
      ask: () => guest.seat.command('/salvage', { item: 'iron_blade', quantity: 2 }),
      says: 'You have only one 🔪 Iron Blade.',
    }),
    other: ({ seat, crossroads: { stage } }) => {
      const have = stage.has('oak_log', seat.user);
      return {
        ask: () => seat.command('/give', { user: stage.tobin, item: 'oak_log', quantity: have + 1 }),
        says: `You have ${have} × 🪵 Oak Log: choose 1 to ${have}.`,
      };
    },
  },
  giftToYourself: ({ seat }) => ({
    ask: () => seat.command('/give', { user: seat.user, item: 'oak_log' }),
    says: 'That is yours already. Choose somebody else to give it to.',
  }),
  giftToBot: ({ seat, crossroads: { stage } }) => ({
    ask: () => seat.command('/give', { user: stage.discord.bot, item: 'oak_log' }),
    says: `<@${stage.discord.bot.id}> is a bot and has no use for it. Choose a person.`,
  }),
  giftToStranger: ({ seat, crossroads: { stranger } }) => ({
    ask: () => seat.command('/give', { user: stranger, item: 'oak_log' }),
    says: `<@${stranger.id}> is not a member of this server. You can only give to somebody who is here.`,
  }),

  askedJustNow: {
    export: async (guest) => {
      await guest.seat.command('/privacy export').message();
      return {
        ask: () => guest.seat.command('/privacy export'),
        says: /^I put together what is stored about you only a moment ago\. I can do it again <t:\d+:R>\.$/,
      };
    },
    delete: async (guest) => {
      await guest.seat.command('/privacy delete').message();
      return {
        ask: () => guest.seat.command('/privacy delete'),
        says: /^I asked you that only a moment ago: the buttons of that question still work\. I can ask again <t:\d+:R>\.$/,
      };
    },
  },
  nothingStored: async (guest) => {
    const question = await guest.seat.command('/privacy delete').message();
    await guest.pressOn(question, 'confirmForgetting');
    return {
      ask: () => guest.seat.command('/privacy export'),
      says: 'I have nothing stored about you, so there is nothing to show or to delete.',
    };
  },
  serverTooLarge: unreachable('It would take a server with ten megabytes to pack.'),
  tooMuchStored: unreachable('It would take a hundred megabytes of one person’s deeds.'),
  grantToYourself: ({ seat }) => ({
    ask: () => seat.command('/admin grant', { user: seat.user, what: 'xp', amount: 5, reason: 'why not' }),
    says: 'Nobody can give themselves what they do not have. Ask somebody else who runs this server.',
  }),
  amountOutOfRange: (guest) => ({
    ask: () => guest.force('/admin grant', { ...aGrantTo(guest.crossroads.stage.tobin), amount: 0 }),
    says: 'That can be a whole number from 1 to 1,000,000.',
  }),
  reasonUnfit: (guest) => ({
    ask: () => guest.force('/admin grant', { ...aGrantTo(guest.crossroads.stage.tobin), reason: '  ' }),
    says: 'Give a reason of 1 to 120 characters: the member reads it, and it stays in the record.',
  }),
  takesTooMuch: {
    zero: takesFrom(
      'iron_sword',
      1,
      (user) => `${user} has none of it: 🗡️ Iron Sword. See with \`/admin explain\` where it went.`,
    ),
    one: takesFrom('iron_blade', 2, (user) => `${user} has only one of it: 🔪 Iron Blade.`),
    other: (guest) => {
      const { seat, crossroads } = guest;
      const have = crossroads.stage.has('oak_log', seat.user);
      const says = (user: string) => `${user} has ${have} of it: 🪵 Oak Log. Choose 1 to ${have}.`;
      return takesFrom('oak_log', have + 1, says)(guest);
    },
  },
  usedMeanwhile: {
    zero: spentUpTo(
      0,
      (user) => `That cannot be undone anymore: ${user} has used all of it meanwhile (🧭 Star Compass).`,
    ),
    one: spentUpTo(
      1,
      (user) =>
        `That cannot be undone anymore: 3 would have to go, and ${user} has one left (🧭 Star Compass). The rest was used meanwhile; take the one with \`/admin take\`.`,
    ),
    other: spentUpTo(
      2,
      (user) =>
        `That cannot be undone anymore: 3 would have to go, and ${user} has 2 left (🧭 Star Compass). The rest was used meanwhile; take these with \`/admin take\`.`,
    ),
  },
  levelInUse: async (guest) => {
    const { seat, crossroads } = guest;
    const odette = crossroads.stage.discord.as(crossroads.stage.odette, crossroads.stage.workshop);
    const grant = { user: seat.user, what: 'xp', amount: 100_000, reason: 'to begin with' };
    const granted = await odette.command('/admin grant', grant).message();
    for (const recipe of ['oak_plank', 'oak_plank']) await seat.command('/craft', { recipe }).message();
    return {
      ask: () => guest.press(customIdOn(granted, 'undoAction')),
      says: `That cannot be undone exactly anymore: the level of <@${seat.user.id}> has opened room for a craft, and that room is taken. Take the XP with \`/admin take\`; the craft goes on.`,
    };
  },
  settingChangedSince: async (guest) => {
    const ids: string[] = [];
    for (const levels of [7, 8]) {
      await guest.seat.command('/config announcements', { levels }).message();
      ids.push(lastEvent(guest, 'settingsChanged').id);
    }
    return {
      ask: () => guest.seat.command('/admin undo', { action: ids[0] ?? '' }),
      says: `That cannot be undone anymore: <@${guest.seat.user.id}> has changed it again ${moment(lastEvent(guest, 'settingsChanged').at)}. Undo that first, with \`/admin undo\`.`,
    };
  },
  nothingToUndo: (guest) => ({
    ask: () => guest.in(guest.crossroads.hushed).command('/admin undo'),
    says: 'There is nothing left to undo. `/admin log` shows what was done.',
  }),
  unknownAction: (guest) => ({
    ask: () => guest.seat.command('/admin undo', { action: 'made-up' }),
    says: 'That is not in the record of this server. Pick something from the list that opens while you type.',
  }),
  notUndoable: async (guest) => {
    await guest.seat.command('/admin export').message();
    return {
      ask: () => guest.seat.command('/admin undo', { action: lastEvent(guest, 'serverExported').id }),
      says: 'That cannot be undone: it changed nothing, or nothing that is still there.',
    };
  },
  undoIsFinal: async (guest) => {
    await undoneGrant(guest);
    return {
      ask: () => guest.seat.command('/admin undo', { action: lastEvent(guest, 'balanceAdjusted').id }),
      says: 'That was an undo itself. To have it otherwise, do again what was undone.',
    };
  },
  undoneAlready: async (guest) => {
    const granted = await undoneGrant(guest);
    return {
      ask: () => guest.press(customIdOn(granted, 'undoAction')),
      says: `<@${guest.seat.user.id}> has undone that already, ${moment(lastEvent(guest, 'balanceAdjusted').at)}.`,
    };
  },

  unknownProposal: (guest) => ({
    ask: () => guest.press('confirmGift:made-up'),
    says: 'That question is too old to answer. Type the command again to get a fresh one.',
  }),
  notYourProposal: (guest) => ({
    ask: () => guest.press(customIdOn(guest.crossroads.things.gift, 'confirmGift')),
    says: 'That question was put to somebody else; only they can answer it.',
  }),
  proposalIsOver: {
    accepted: answeredBefore('confirmGift', 'That is done already; once is enough.'),
    declined: answeredBefore(
      'declineGift',
      'You said no to that already. Type the command again if you have changed your mind.',
    ),
  },
};

const LANGUAGES = { english: textsIn('en-US'), german: textsIn('de') };

/** Each text with what leads to it, and those that nothing leads to. */
const TEXTS = Object.entries(SCENARIOS).flatMap(([code, scenarios]) =>
  typeof scenarios === 'function' || scenarios instanceof Unreachable
    ? [{ key: code, scenario: scenarios }]
    : Object.entries(scenarios).map(([variant, scenario]) => ({ key: `${code}_${variant}`, scenario })),
);

test('every text of a refusal is brought about, or is said to be out of reach', () => {
  // This one is a line of another.
  const keys = Object.keys(LANGUAGES.english).filter((key) => key !== 'missingItem');
  expect(TEXTS.map(({ key }) => key).sort()).toEqual(keys.sort());
});

test('every refusal is answered in words, in one’s own language, only to who asked, and changes nothing', async () => {
  const reachable = TEXTS.flatMap(({ key, scenario }) =>
    scenario instanceof Unreachable ? [] : [{ key, scenario }],
  );
  const visits = ['en-US', 'de'].flatMap((locale) => reachable.map((each) => ({ ...each, locale })));
  const { crossroads, people } = await openCrossroads(visits.map(({ locale }) => locale));

  const failures: string[] = [];
  for (const [index, { key, scenario, locale }] of visits.entries()) {
    const person = people[index];
    if (!person) throw new Error('Somebody is missing.');
    try {
      const refused = await scenario(new Guest(crossroads, person));
      await untilIdle(crossroads.stage);
      const words = await answerTo(crossroads.stage, person, refused);
      if (locale === 'de') requireGerman(words, key, refused);
      else
        expect(words, words).toEqual(
          typeof refused.says === 'string' ? refused.says : expect.stringMatching(refused.says),
        );
    } catch (error) {
      failures.push(`${key} (${locale}): ${error}`);
    }
  }
  expect(failures).toEqual([]);
  expect(crossroads.stage.discord.refusals).toEqual([]);
  expect(crossroads.stage.discrepancies()).toEqual([]);
});

/** The words of a refusal, once it is sure that only one person reads them and that nothing has changed. */
async function answerTo(
  stage: Guest['crossroads']['stage'],
  person: { readonly id: string },
  { ask }: Refused,
): Promise<string> {
  let handle: InteractionHandle | undefined;
  const words = await refusal(stage, () => {
    handle = ask();
    return handle;
  });
  const message = await handle?.message();
  expect(message).toMatchObject({ visibleTo: person.id, embeds: [] });
  // What was typed into a modal can be mended.
  const buttons = message ? buttonsOn(message) : [];
  expect(buttons.filter((id) => !id.startsWith('askSetting:'))).toEqual([]);
  expect(handle?.followUps).toEqual([]);
  return words;
}

/** Makes sure that it is the German text, and that its facts were given. */
function requireGerman(words: string, key: string, { says }: Refused): void {
  if (typeof says === 'string') expect(words).not.toBe(says);
  else expect(words).not.toMatch(says);
  expect(words, words).toMatch(shapeOf(LANGUAGES.german[key] ?? ''));
  expect(words).not.toMatch(/[{}]|undefined|null|NaN|\[object/);
}

/** What a text looks like with any facts in it. */
function shapeOf(text: string): RegExp {
  const parts = text.split(/\{\{[^}]*\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

function textsIn(language: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(PROJECT_ROOT, 'data/locales', language, 'refusals.json'), 'utf8'));
}

function unreachable(because: string): Unreachable {
  return new Unreachable(because);
}

/** A grant that an admin could make. */
function aGrantTo(user: { readonly id: string }) {
  return { user, what: 'star_compass', amount: 3, reason: 'for a good deed' };
}

/** Takes more from somebody than they have. */
function takesFrom(what: string, amount: number, says: (user: string) => string) {
  return ({ seat }: Guest): Refused => ({
    ask: () => seat.command('/admin take', { user: seat.user, what, amount, reason: 'too many' }),
    says: says(`<@${seat.user.id}>`),
  });
}

/** Undoes a grant of which only some are left. */
function spentUpTo(left: number, says: (user: string) => string): Scenario {
  return async (guest) => {
    const { seat, crossroads } = guest;
    const { tobin } = crossroads.stage;
    const grant = aGrantTo(tobin);
    const granted = await seat.command('/admin grant', grant).message();
    const amount = crossroads.stage.has(grant.what, tobin) - left;
    await seat.command('/admin take', { ...grant, amount }).message();
    return { ask: () => guest.press(customIdOn(granted, 'undoAction')), says: says(`<@${tobin.id}>`) };
  };
}

/** Makes a grant and undoes it. */
async function undoneGrant(guest: Guest): Promise<MessageRecord> {
  const granted = await guest.seat.command('/admin grant', aGrantTo(guest.crossroads.stage.tobin)).message();
  await guest.pressOn(await guest.pressOn(granted, 'undoAction'), 'confirmUndo');
  return granted;
}

/** The event that was written last, of a name. */
function lastEvent({ crossroads }: Guest, name: string): { id: string; at: number } {
  const [last] = crossroads.stage.query<{ id: string; at: number }>(
    'SELECT id, occurred_at AS at FROM events WHERE name = ? ORDER BY sequence DESC LIMIT 1',
    name,
  );
  return last ?? { id: '', at: 0 };
}

/** Answers a question, and then answers it again. */
function answeredBefore(handler: string, says: string): Scenario {
  return async (guest) => {
    const { seat, crossroads } = guest;
    const question = await seat.command('/give', { user: crossroads.stage.tobin, item: 'oak_log' }).message();
    const answer = customIdOn(question, handler);
    await seat.press(question, answer).message();
    return { ask: () => guest.press(answer), says };
  };
}

/** A moment as Discord shows it to each reader, rounded up to a second. */
function moment(at: number): string {
  return `<t:${Math.ceil(at / 1_000)}:R>`;
}

/** When the day ends, in milliseconds UTC. */
function midnight(): number {
  return new Date().setUTCHours(24, 0, 0, 0);
}
