import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MessageRecord, UserRecord } from '../../playground/discord/index.ts';
import { parseCustomId } from '../../src/discord/custom-id.ts';
import { linesOf } from '../support/archives.ts';
import { runCommand } from '../support/bot-process.ts';
import { buttonsOn } from '../support/commands.ts';
import { temporaryFolder } from '../support/game.ts';
import { Stage } from '../support/stage.ts';

const NAME = 'Quillfeather';

type Seat = ReturnType<Stage['discord']['as']>;

/** Somebody new in the server. */
function newcomer(stage: Stage): { readonly quill: UserRecord; readonly seat: Seat } {
  const quill = stage.discord.addUser({ name: NAME });
  stage.discord.addMember(stage.guild, quill);
  return { quill, seat: stage.discord.as(quill, stage.workshop) };
}

/** Presses the first button of this kind on a message. */
async function pressFirst(seat: Seat, message: MessageRecord, handler: string): Promise<MessageRecord> {
  const id = buttonsOn(message).find((each) => parseCustomId(each).handler === handler);
  if (id === undefined) throw new Error(`There is no button of ${handler}.`);
  return seat.pressRaw(message, id).message();
}

async function give(from: Seat, to: UserRecord, item: string): Promise<void> {
  const question = await from.command('/give', { user: to, item, quantity: 1 }).message();
  await pressFirst(from, question, 'confirmGift');
}

/** Everything that can be done, and everything that is told of somebody, in whatever way. */
async function liveFully(stage: Stage, quill: UserRecord, seat: Seat): Promise<void> {
  const { discord, tobin, workshop } = stage;
  const tobins = discord.as(tobin, workshop);
  await stage.chooseAnnouncements();
  const words = seat.say('What a forge!');
  tobins.react(words, '🔥');
  seat.react(tobins.say('Welcome!'), '🔥');
  await seat.command('/daily').message();
  await seat.command('/gather', { place: 'whispering_woods' }).message();
  await seat.command('/craft', { recipe: 'star_compass' }).message();
  await give(seat, tobin, 'oak_log');
  await give(tobins, quill, 'oak_log');
  await stage.until('The news of the compass', () =>
    discord.messages(stage.news).some(({ embeds }) => embeds.some(({ author }) => author?.name === NAME)),
  );
  await seat.command('/notify', { about: 'everything', how: 'direct' }).message();
  await give(tobins, quill, 'oak_log');
  await stage.until('A direct message', () => discord.messages(discord.directChannel(quill)).length > 0);
  discord.setDirectMessages(quill, false);
  discord.setOverwrite(workshop, discord.bot, { deny: ['SendMessages'] });
  await give(tobins, quill, 'oak_log');
  await stage.until('A full inbox', () => stage.count("announcements WHERE state = 'inbox'") > 0);
  discord.removeOverwrite(workshop, discord.bot);
  const odette = discord.as(stage.odette, workshop);
  const grant = { user: quill, what: 'coal', amount: 2, reason: `For ${NAME}, with thanks` };
  await odette.command('/admin grant', grant).message();
  await seat.command('/preferences', { leaderboards: 'hidden' }).message();
}

/** The files below a folder that have some bytes in them. */
function filesWith(folder: string, bytes: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    bytesOf(join(folder, file))?.includes(bytes),
  );
}

/** What is in a file; undefined for a folder, and for a file that went since it was listed: PostgreSQL has such. */
function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (['EISDIR', 'ENOENT', 'ENXIO'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const logOf = ({ bot }: Stage) => JSON.stringify(bot.log) + bot.errors;

test('who is forgotten is in no file, no queue and no log any more; the sums hold, and others see a former member', async () => {
  const stage = await Stage.open({
    postgres: 'embedded',
    environment: { GAME_SPEED: '600', GAME_ENGAGEMENT_COMMAND: '2' },
  });
  const { quill, seat } = newcomer(stage);
  await liveFully(stage, quill, seat);
  expect(filesWith(stage.folder, quill.id)).not.toEqual([]);

  // Ordered after the slow look at all files: it must still be under way when it is given up.
  await seat.command('/craft', { recipe: 'iron_sword' }).message();
  const question = await seat.command('/privacy delete').message();
  expect(question).toMatchObject({
    visibleTo: quill.id,
    content: expect.stringMatching(/^Shall I forget you\?/),
  });
  const answers = buttonsOn(question).filter((id) => parseCustomId(id).handler === 'confirmForgetting');
  expect(answers).toHaveLength(2);
  const done = await seat.pressRaw(question, answers.at(-1) ?? '').message();
  expect(done.content).toMatch(
    /^You are forgotten\. [\d,]+ entries about you are deleted\.\n[\d,]+ stay without you, as \*\*Former member\*\*\.\nOne craft or trip was given up\./,
  );
  expect(stage.discrepancies()).toEqual([]);

  const board = await stage.discord
    .as(stage.tobin, stage.workshop)
    .command('/leaderboard', { board: 'crafts' })
    .message();
  expect(board.embeds[0]?.description).not.toContain(quill.id);
  const file = join(temporaryFolder('export'), 'server.jsonl.gz');
  const parameters = ['export', '--server', stage.guild.id, '--file', file];
  expect(await runCommand('world', parameters, { DATA_DIR: stage.folder })).toMatchObject({ code: 0 });
  const exported = linesOf(readFileSync(file)).join('\n');
  expect(exported).toContain('"balanceAdjusted"');
  for (const trace of [quill.id, NAME]) expect(exported).not.toContain(trace);
  await stage.until('The scrub', () => stage.count("world_facts WHERE name = 'scrubbedAt'") === 1);
  await stage.bot.stop();
  // The reader of this test has the database open: its file is emptied when the last one closes it, or by the bot before.
  for (const trace of [quill.id, NAME]) {
    expect(filesWith(stage.folder, trace)).toEqual([]);
    expect(logOf(stage)).not.toContain(trace);
  }
});

test('what is stored about somebody comes as a file, and only to them', async () => {
  const stage = await Stage.open();
  const { quill, seat } = newcomer(stage);
  await seat.command('/craft', { recipe: 'campfire' }).message();
  const answer = await seat.command('/privacy export').message();
  expect(answer.visibleTo).toBe(quill.id);
  const [file] = answer.attachments;
  expect(file?.filename).toBe('forgeling-privacy.json');
  const content = await (await fetch(file?.url ?? '')).json();
  expect(content).toMatchObject({ user: quill.id, servers: [{ server: stage.guild.id }] });
  expect(JSON.stringify(content)).toContain('"Who you are here, and where you played last"');
  expect(JSON.stringify(content)).not.toContain(
    stage.query<{ seed: string }>('SELECT seed FROM crafts')[0]?.seed,
  );
});
