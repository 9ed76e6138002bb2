import {
  type GuildChannelRecord,
  type LoopbackDiscord,
  namesOf,
  type PermissionName,
} from '../discord/index.ts';

/** One permission of a role, a person or the bot in a channel; null leaves it to the server. */
export interface ChannelPermission {
  /** The id of the role or the person. */
  readonly target: string;
  readonly permission: PermissionName;
  readonly allowed: boolean | null;
}

/** Allows or denies one thing in a channel and leaves the others as they are. */
export function setPermission(
  discord: LoopbackDiscord,
  channel: GuildChannelRecord,
  { target, permission, allowed }: ChannelPermission,
): void {
  const now = channel.overwrites.get(target);
  const others = (held: bigint | undefined) => namesOf(held ?? 0n).filter((name) => name !== permission);
  const allow = [...others(now?.allow), ...(allowed === true ? [permission] : [])];
  const deny = [...others(now?.deny), ...(allowed === false ? [permission] : [])];
  if (allow.length === 0 && deny.length === 0) discord.removeOverwrite(channel, target);
  else discord.setOverwrite(channel, target, { allow, deny });
}
