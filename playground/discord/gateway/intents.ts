import { GatewayIntentBits as Intent } from 'discord-api-types/v10';

/** Intents that a bot gets only after its owner switched them on (developer docs, "Privileged Intents"). */
export const PRIVILEGED_INTENTS: number = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;

const SERVER_EVENTS: Readonly<Record<string, number>> = {
  GUILD_CREATE: Intent.Guilds,
  GUILD_UPDATE: Intent.Guilds,
  GUILD_DELETE: Intent.Guilds,
  GUILD_ROLE_CREATE: Intent.Guilds,
  GUILD_ROLE_UPDATE: Intent.Guilds,
  GUILD_ROLE_DELETE: Intent.Guilds,
  CHANNEL_CREATE: Intent.Guilds,
  CHANNEL_UPDATE: Intent.Guilds,
  CHANNEL_DELETE: Intent.Guilds,
  GUILD_MEMBER_ADD: Intent.GuildMembers,
  GUILD_MEMBER_REMOVE: Intent.GuildMembers,
  MESSAGE_CREATE: Intent.GuildMessages,
  MESSAGE_UPDATE: Intent.GuildMessages,
  MESSAGE_DELETE: Intent.GuildMessages,
  MESSAGE_REACTION_ADD: Intent.GuildMessageReactions,
  MESSAGE_REACTION_REMOVE: Intent.GuildMessageReactions,
  TYPING_START: Intent.GuildMessageTyping,
};

const DIRECT_EVENTS: Readonly<Record<string, number>> = {
  MESSAGE_CREATE: Intent.DirectMessages,
  MESSAGE_UPDATE: Intent.DirectMessages,
  MESSAGE_DELETE: Intent.DirectMessages,
  MESSAGE_REACTION_ADD: Intent.DirectMessageReactions,
  MESSAGE_REACTION_REMOVE: Intent.DirectMessageReactions,
  TYPING_START: Intent.DirectMessageTyping,
};

/** Whether a bot with these intents is told of an event (developer docs, "List of Intents"). Others come always. */
export function isTold(event: string, intents: number, inServer: boolean): boolean {
  const needed = (inServer ? SERVER_EVENTS : DIRECT_EVENTS)[event];
  return needed === undefined || (intents & needed) !== 0;
}

/** Whether others' words reach a bot with these intents. */
export function readsContent(intents: number): boolean {
  return (intents & Intent.MessageContent) !== 0;
}
