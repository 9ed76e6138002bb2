import { InteractionContextType, Locale } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { buttonsOn, pathsOf, useOf } from '../support/commands.ts';
import { furnish } from '../support/furnish.ts';
import { Stage } from '../support/stage.ts';

/** A server with somebody who has some of everything. */
async function furnished(): Promise<Stage> {
  const stage = await Stage.set();
  furnish(stage);
  await stage.startBot();
  return stage;
}

/** What went wrong: nothing that Discord would refuse, nothing that the bot didn't expect. */
function mishaps(stage: Stage): unknown[] {
  return [...stage.discord.refusals, ...stage.bot.log.filter(({ level }) => level === 'error')];
}

/** Every text in something, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

describe('every command', () => {
  test('is for servers only and has German words', async () => {
    const stage = await Stage.open();
    const commands = stage.discord.commands();
    expect(commands.length).toBeGreaterThan(0);
    for (const { name, contexts, name_localizations: names, description_localizations: texts } of commands) {
      expect({ name, contexts }).toEqual({ name, contexts: [InteractionContextType.Guild] });
      expect({ name, german: names?.[Locale.German] }).toEqual({ name, german: expect.any(String) });
      expect({ name, german: texts?.[Locale.German] }).toEqual({ name, german: expect.any(String) });
    }
  });

  test.each([
    ['a newcomer', 'en-US', false],
    ['a newcomer who reads German', 'de', false],
    ['somebody who has some of everything', 'en-US', true],
    ['somebody who has some of everything and reads German', 'de', true],
  ])('answers %s in a way that Discord takes', async (_who, locale, isRich) => {
    const stage = isRich ? await furnished() : await Stage.open();
    Object.assign(stage.odette, { locale });
    const seat = stage.discord.as(stage.odette, stage.workshop);
    for (const path of pathsOf(stage.discord.commands())) {
      const answer = await seat.command(path, useOf(stage, path).values).message();
      const words = textsIn([answer.content, answer.embeds, answer.components]).join('\n');
      expect(answer.content.length + answer.embeds.length, `${path} says something`).toBeGreaterThan(0);
      // What i18next leaves behind where a text or a fact is missing, and what JavaScript does.
      expect(words, path).not.toMatch(/\{\{|\}\}|undefined|\bNaN\b|\[object /);
      expect(words, path).not.toMatch(/(?<![\w/])(?:commands\/)?[a-z]+:[a-z]+(?:\.[a-zA-Z]+)+/);
      for (const id of buttonsOn(answer)) await seat.pressRaw(answer, id).answered;
    }
    expect(mishaps(stage)).toEqual([]);
    expect(stage.discrepancies()).toEqual([]);
  });
});
