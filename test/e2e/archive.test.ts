import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, test } from 'vitest';
import { forged, linesOf } from '../support/archives.ts';
import { runCommand } from '../support/bot-process.ts';
import { createGameBench, temporaryFolder } from '../support/game.ts';
import { Stage } from '../support/stage.ts';
import { dump } from '../support/traces.ts';

/** Everything in the world of a folder. */
function everythingIn(folder: string): string {
  const world = new SQLite(join(folder, 'world.sqlite'), { readonly: true });
  try {
    return JSON.stringify(dump(drizzle(world)));
  } finally {
    world.close();
  }
}

test('a server moves from one bot to another: exported beside the one that runs, imported while the other is stopped', async () => {
  const stage = await Stage.open();
  const folder = temporaryFolder('export');
  const file = join(folder, 'server.jsonl.gz');
  const world = (parameters: string[], dataDir = stage.folder) =>
    runCommand('world', parameters, { DATA_DIR: dataDir });
  await stage.craft('campfire');
  const odette = stage.discord.as(stage.odette, stage.workshop);
  const answer = await odette.command('/admin export').message();
  expect(answer).toMatchObject({
    visibleTo: stage.odette.id,
    content: expect.stringMatching(/^Everything of this server\./),
  });
  const [attachment] = answer.attachments;
  expect(attachment?.filename).toMatch(
    new RegExp(`^forgeling-${stage.guild.id}-\\d{4}-\\d\\d-\\d\\d\\.jsonl\\.gz$`),
  );
  const sent = Buffer.from(await (await fetch(attachment?.url ?? '')).arrayBuffer());
  expect(linesOf(sent)).toContainEqual(expect.stringContaining('"craftStarted"'));
  expect((await odette.command('/admin log').message()).embeds[0]?.description).toContain(
    'asked for everything of this server as a file',
  );

  const done = await world(['export', '--server', stage.guild.id, '--file', file]);
  expect(done).toMatchObject({
    code: 0,
    errors: '',
    output: `The server ${stage.guild.id} is in ${file} (${statSync(file).size} bytes).\n`,
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await world(['export', '--server', stage.guild.id, '--file', file])).toMatchObject({
    code: 2,
    errors: `${file} is there already: name another one with --file.\n`,
  });
  expect(await world(['import', file])).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/is in use by process \d+/),
  });

  await stage.bot.stop();
  const before = everythingIn(stage.folder);
  expect(await world(['import', file])).toMatchObject({
    code: 2,
    errors: expect.stringContaining('is in this world already: --replace'),
  });
  const cut = join(folder, 'cut.jsonl.gz');
  writeFileSync(cut, readFileSync(file));
  truncateSync(cut, statSync(cut).size - 100);
  expect(await world(['import', cut, '--replace'])).toMatchObject({
    code: 2,
    errors: 'The file is cut off.\n',
  });
  const large = join(folder, 'large.jsonl.gz');
  writeFileSync(large, Buffer.alloc(50_000_000));
  expect(await world(['import', large, '--replace'])).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/has 50000000 bytes, more than an ordinary server/),
  });
  expect(everythingIn(stage.folder)).toBe(before);

  const other = temporaryFolder('other-world');
  createGameBench({ file: join(other, 'world.sqlite') }).world.close();
  expect(await world(['import', file], other)).toMatchObject({
    code: 0,
    errors: '',
    output: expect.stringMatching(/^The server \d+ is imported: \d+ rows\.\n$/),
  });
  const again = join(folder, 'again.jsonl.gz');
  expect(await world(['export', '--server', stage.guild.id, '--file', again], other)).toMatchObject({
    code: 0,
  });
  expect(readFileSync(again)).toEqual(readFileSync(file));
  expect(await world(['verify'], other)).toMatchObject({ code: 0 });

  expect(await world(['import', file, '--replace'])).toMatchObject({ code: 0 });
  await stage.startBot();
  await stage.until('The end of the craft', () => stage.count("crafts WHERE state = 'completed'") === 1);
  expect(stage.count("events WHERE name = 'itemCrafted'")).toBe(1);
  expect(stage.discrepancies()).toEqual([]);
});

test('a file that names another server’s channel makes the bot say nothing there, and the doctor says what is wrong', async () => {
  const stage = await Stage.set({ environment: { GAME_SPEED: '60' } });
  const other = stage.discord.addGuild({ name: 'The Bellows', owner: stage.tobin });
  const theirs = stage.discord.addChannel(other, { name: 'announcements' });
  const hearth = stage.discord.addChannel(other, { name: 'hearth' });
  await stage.startBot();
  await stage.chooseAnnouncements();
  await stage.bot.stop();
  const folder = temporaryFolder('forged');
  const file = join(folder, 'server.jsonl.gz');
  const world = (...parameters: string[]) => runCommand('world', parameters, { DATA_DIR: stage.folder });
  await world('export', '--server', stage.guild.id, '--file', file);
  const lines = linesOf(readFileSync(file)).slice(0, -1);
  writeFileSync(file, forged(lines.map((line) => line.replaceAll(stage.news.id, theirs.id))));
  expect(await world('import', file, '--replace')).toMatchObject({ code: 0 });

  await stage.startBot();
  const tobin = stage.discord.as(stage.tobin, hearth);
  await tobin.command('/config announcements', { channel: theirs }).message();
  await stage.craft('star_compass');
  await stage.until(
    'The announcement being given up',
    () => stage.count("announcements WHERE state = 'undeliverable' AND reason = 'foreignChannel'") === 1,
  );
  const answer = await stage.discord.as(stage.odette, stage.workshop).command('/admin doctor').message();
  expect(answer.embeds[0]?.fields?.[0]?.value).toMatch(
    /^<#\d+>\n❌ This server has no such channel \(anymore\)\. Choose another one with <\/config announcements:\d+>\.$/,
  );
  await tobin.command('/craft', { recipe: 'star_compass' }).message();
  expect(await stage.discord.waitForMessage(theirs, () => true, { within: 60_000 })).toMatchObject({
    embeds: [{ author: { name: 'Tobin' } }],
  });
  expect(stage.discord.messages(theirs)).toHaveLength(1);
});

test.each([
  [['export'], 'Which server? npm run world -- export --server ID'],
  [['export', '--server', '900000000000000001'], 'Nothing is stored of the server 900000000000000001.'],
  [['person'], 'Whose data? npm run world -- person ID'],
  [['person', '100000000000000001'], 'Nothing is stored of 100000000000000001.'],
  [['import'], 'Which file? npm run world -- import FILE [--replace]'],
  [['import', '/nowhere/at/all'], 'There is no file /nowhere/at/all.'],
])('what is asked in a wrong way is told in one sentence: %j', async (parameters, sentence) => {
  const folder = temporaryFolder('asked-wrongly');
  createGameBench({ file: join(folder, 'world.sqlite') }).world.close();
  expect(await runCommand('world', parameters, { DATA_DIR: folder })).toMatchObject({
    code: 2,
    output: '',
    errors: `${sentence}\n`,
  });
  expect(existsSync(join(folder, 'world.sqlite'))).toBe(true);
});
