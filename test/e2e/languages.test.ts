import { expect, test } from 'vitest';
import { Stage } from '../support/stage.ts';

const FAST = { environment: { GAME_SPEED: '60' } };

/** Somebody more on the stage, whose Discord speaks another language. */
function join(stage: Stage, name: string, locale: string) {
  const person = stage.discord.addUser({ name, locale });
  stage.discord.addMember(stage.guild, person);
  return person;
}

test('everybody is answered in the language of their Discord, and in English where it is not spoken here', async () => {
  const stage = await Stage.join();
  const greta = join(stage, 'Greta', 'de');
  const amelie = join(stage, 'Amélie', 'fr');
  const ofInventory = async (who: typeof greta) => {
    const { embeds } = await stage.discord.as(who, stage.workshop).command('/inventory').message();
    return JSON.stringify(embeds);
  };
  expect(await ofInventory(greta)).toContain('Eichenstamm');
  expect(await ofInventory(stage.mira)).toContain('Oak Log');
  expect(await ofInventory(amelie)).toContain('Oak Log');
});

test('what is suggested while typing, and why something is refused, is told in that language too', async () => {
  const stage = await Stage.join();
  const greta = join(stage, 'Greta', 'de');
  const asked = stage.discord.as(greta, stage.workshop).autocomplete('/craft', 'recipe', 'Lagerf');
  const [choice] = await asked.choices();
  expect(choice?.value).toBe('campfire');
  expect(choice?.name).toContain('Lagerfeuer');

  const refused = await stage.craft('nothing', 1, greta);
  expect(refused.content).toMatch(/^Ein Rezept namens „nothing“ gibt es nicht\./);
  const inEnglish = await stage.craft('nothing');
  expect(inEnglish.content).toMatch(/^There is no recipe called “nothing”\./);
});

test('what somebody typed is said back as they typed it, whatever the texts would make of it', async () => {
  const stage = await Stage.join();
  for (const typed of ['{{asked}}{{asked}}', '{{count}}', '$t(refusals:needsBot)']) {
    const { content } = await stage.craft(typed);
    // A backslash keeps Discord from taking what was typed for formatting.
    expect(content.replaceAll('\\', '')).toContain(`“${typed}”`);
  }
});

test('permissions are called as the admin’s Discord calls them', async () => {
  const stage = await Stage.open();
  const greta = join(stage, 'Greta', 'de');
  stage.discord.setRolePermissions(stage.guild, stage.guild, [
    'ViewChannel',
    'SendMessages',
    'ManageGuild',
    'UseApplicationCommands',
  ]);
  stage.discord.setOverwrite(stage.news, stage.discord.bot, { deny: ['SendMessages', 'EmbedLinks'] });
  const answer = await stage.discord
    .as(greta, stage.workshop)
    .command('/config announcements', { channel: stage.news })
    .message();
  expect(answer.content).toContain('**Nachrichten senden**, **Links einbetten**');
});

test('what a server is told is in the server’s language, whoever did it', async () => {
  const stage = await Stage.join(FAST);
  const guild = stage.discord.addGuild({ name: 'Der Amboss', owner: stage.odette, locale: 'de' });
  stage.discord.addMember(guild, stage.mira);
  const channel = stage.discord.addChannel(guild, { name: 'werkstatt' });
  await stage.discord.as(stage.odette, channel).command('/config announcements', { channel }).message();
  await stage.discord.as(stage.mira, channel).command('/craft', { recipe: 'star_compass' }).message();
  const announced = await stage.discord.waitForMessage(channel, ({ embeds }) =>
    JSON.stringify(embeds).includes('fertiggestellt'),
  );
  expect(JSON.stringify(announced.embeds)).toContain('Sternkompass');
});
