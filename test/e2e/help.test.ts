import { expect, test } from 'vitest';
import type { MessageRecord } from '../../playground/discord/model/records.ts';
import { testPieces } from '../support/bot-process.ts';
import { Stage } from '../support/stage.ts';

/** The commands that a message offers to tap on. */
function mentioned({ embeds }: MessageRecord): string[] {
  const fields = (embeds[0]?.fields ?? []).map(({ value }) => value).join('\n');
  return [...fields.matchAll(/<\/([^:>]+):\d+>/g)].map(([, name = '']) => name);
}

test('help names every command that somebody may use, ready to tap on', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const help = await mira.command('/help').message();
  expect(help.visibleTo).toBe(stage.mira.id);
  const named = new Set(mentioned(help).map((path) => path.split(' ')[0] ?? ''));
  expect([...named].sort()).toEqual(mira.commands.map(({ name }) => name).sort());
  const ids = new Map(mira.commands.map(({ name, id }) => [name, id]));
  expect(JSON.stringify(help.embeds)).toContain(`</craft:${ids.get('craft')}>`);

  const odette = stage.discord.as(stage.odette, stage.workshop);
  const all = mentioned(await odette.command('/help').message());
  expect(all).toContain('config announcements');
  expect(mentioned(help)).not.toContain('config announcements');
  expect(stage.discord.refusals).toEqual([]);
});

test('help lists a command that was added, without anybody having put it on a list', async () => {
  const stage = await Stage.join({ environment: { DEVELOPMENT_PIECES: testPieces('more-commands') } });
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const help = await mira.command('/help').message();
  const more = help.embeds[0]?.fields?.find(({ name }) => name === 'More');
  expect(more?.value).toContain('</whistle:');
});

test('help leads a newcomer through the first steps, and then says what they could do next', async () => {
  const stage = await Stage.join();
  const mira = stage.discord.as(stage.mira, stage.workshop);
  const description = async () => (await mira.command('/help').message()).embeds[0]?.description ?? '';
  const first = await description();
  expect(first).toContain('**Your first steps**');
  expect(first.match(/▫️/g)).toHaveLength(3);

  await mira.command('/daily').message();
  expect((await description()).match(/✅/g)).toHaveLength(1);
  await stage.craft('iron_sword');
  expect((await description()).match(/✅/g)).toHaveLength(2);
  await mira.command('/gather', { place: 'whispering_woods' }).message();

  const next = (await description()).split('\n');
  expect(next[0]).toBe('**What you could do next**');
  expect(next.length).toBeGreaterThanOrEqual(3);
  expect(next.length).toBeLessThanOrEqual(5);
  // The workbench is full, the gift is taken and the trip is under way.
  expect(next.join('\n')).toMatch(
    /• Your queue is empty, and you have the materials for \*\*Star Compass\*\*: <\/craft:\d+>/,
  );
  expect(next.join('\n')).not.toMatch(/<\/(daily|gather):/);
});
