import type { LoopbackDiscord } from './discord/index.ts';

/** Ids that stay the same over restarts: the bot's world, which is kept, refers to them. */
const ID = {
  guild: '1200000000000000000',
  guildmaster: '1200000000000000010',
  workshop: '1200000000000000100',
  announcements: '1200000000000000101',
  tavern: '1200000000000000102',
  odette: '1200000000000001000',
  mira: '1200000000000001001',
  tobin: '1200000000000001002',
  pip: '1200000000000001003',
  greta: '1200000000000001004',
} as const;

/** The server that a newcomer finds: three channels, two players, an admin, someone new, and someone whose Discord speaks German. */
export function buildAnvil(discord: LoopbackDiscord) {
  const odette = discord.addUser({ name: 'Odette', id: ID.odette });
  const mira = discord.addUser({ name: 'Mira', id: ID.mira });
  const tobin = discord.addUser({ name: 'Tobin', id: ID.tobin });
  const pip = discord.addUser({ name: 'Pip', id: ID.pip });
  const greta = discord.addUser({ name: 'Greta', id: ID.greta, locale: 'de' });
  const guild = discord.addGuild({ name: 'The Anvil', id: ID.guild, owner: odette });
  const guildmaster = discord.addRole(guild, {
    name: 'Guildmaster',
    id: ID.guildmaster,
    color: 0xe0a030,
    permissions: ['ManageGuild'],
  });
  discord.addMember(guild, odette, { roles: [guildmaster] });
  for (const person of [mira, tobin, pip, greta]) discord.addMember(guild, person);
  const workshop = discord.addChannel(guild, {
    name: 'workshop',
    id: ID.workshop,
    topic: 'Where things are made',
  });
  const announcements = discord.addChannel(guild, {
    name: 'announcements',
    id: ID.announcements,
    topic: 'What is worth celebrating',
  });
  const tavern = discord.addChannel(guild, {
    name: 'tavern',
    id: ID.tavern,
    topic: 'Where things are talked over',
  });
  return { guild, odette, mira, tobin, pip, greta, workshop, announcements, tavern };
}

export type Anvil = ReturnType<typeof buildAnvil>;
