export { ApiError } from './errors.ts';
export type { Fault, Phase, RequestPattern, RequestView } from './faults.ts';
export { NoResponse } from './interactions/noResponse.ts';
export type { Log, LogEntry, Refusal, RequestHappening } from './log.ts';
export { LoopbackDiscord, type LoopbackOptions, type Reference } from './loopback.ts';
export {
  channelPermissions,
  guildPermissions,
  has,
  namesOf,
  type PermissionName,
} from './model/permissions.ts';
export type { Places } from './model/places.ts';
export {
  type AutocompleteChoice,
  type ChannelRecord,
  type DirectChannelRecord,
  type FirstAnswer,
  GUILD_CHANNEL_TYPES,
  type GuildChannelRecord,
  type GuildChannelType,
  type GuildRecord,
  type InteractionRecord,
  type MemberRecord,
  type MessageRecord,
  type Pinged,
  type RoleRecord,
  type UserRecord,
} from './model/records.ts';
export type { InteractionHandle } from './people/handle.ts';
export type { GivenFile, OptionValue, OptionValues } from './people/options.ts';
export { ClientRefusal } from './people/refusal.ts';
export type { Seat } from './people/seat.ts';
export { WaitError } from './waiting.ts';
