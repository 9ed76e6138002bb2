import { Client, GatewayIntentBits } from 'discord.js';

/** A bot that does nothing but answer: what a command could cost at best. */
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: process.env['DISCORD_API_URL'] ?? '' },
});
client.on('error', (error) => console.error(error));
client.on('interactionCreate', (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.reply('Done.');
});
client.once('clientReady', async () => {
  const recipe = { name: 'recipe', description: 'What to make', type: 3, required: true };
  await client.application?.commands.set([
    { name: 'craft', description: 'Craft something', options: [recipe] },
  ]);
  console.log(JSON.stringify({ level: 'info', msg: 'Ready:' }));
});
await client.login(process.env['DISCORD_TOKEN']);
