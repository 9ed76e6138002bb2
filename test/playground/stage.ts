import { Client, type ClientOptions, GatewayIntentBits } from 'discord.js';
import { LoopbackDiscord, type LoopbackOptions } from '../../playground/discord/index.ts';

/** A Discord with one server, two channels and three people; nobody is logged in yet. */
export async function setStage(options: LoopbackOptions = {}) {
  const discord = await LoopbackDiscord.start(options);
  const odette = discord.addUser({ name: 'Odette' });
  const mira = discord.addUser({ name: 'Mira' });
  const tobin = discord.addUser({ name: 'Tobin' });
  const guild = discord.addGuild({ name: 'The Anvil', owner: odette });
  discord.addMember(guild, mira);
  discord.addMember(guild, tobin);
  const workshop = discord.addChannel(guild, { name: 'workshop' });
  const tavern = discord.addChannel(guild, { name: 'tavern' });
  return { discord, odette, mira, tobin, guild, workshop, tavern };
}

/** A real discord.js client on this Discord, ready and with the given commands registered. */
export async function logIn(
  discord: LoopbackDiscord,
  {
    commands = [],
    prepare = () => {},
    options = {},
    token = discord.token,
  }: {
    readonly commands?: readonly unknown[];
    readonly prepare?: (client: Client<true>) => void;
    readonly options?: Partial<ClientOptions>;
    readonly token?: string;
  } = {},
): Promise<Client<true>> {
  const client: Client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.DirectMessages,
    ],
    ...options,
    rest: { api: discord.apiUrl, ...options.rest },
  });
  // The client has a user as soon as it is ready, and nothing is called before.
  const ready = client as Client<true>;
  prepare(ready);
  const isReady = new Promise<void>((resolve) => client.once('clientReady', () => resolve()));
  await client.login(token);
  await isReady;
  await ready.rest.put(`/applications/${discord.applicationId}/commands`, { body: commands });
  return ready;
}

/** A promise and the function that fulfils it. */
export function signal<Value = void>() {
  return Promise.withResolvers<Value>();
}
