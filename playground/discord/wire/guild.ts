import type { Core } from '../core.ts';
import type { GuildRecord, MemberRecord, RoleRecord } from '../model/records.ts';
import { channelPayload } from './channel.ts';
import { userPayload } from './user.ts';

/** A role ("Role Object"). */
export function rolePayload(role: RoleRecord) {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managed,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

/** A member with the user inside ("Guild Member Object"). */
export function memberPayload(core: Core, member: MemberRecord) {
  const user = core.directory.users.get(member.userId);
  if (!user) throw new Error(`no user ${member.userId} behind a member`);
  return { ...memberWithoutUser(member), user: userPayload(user) };
}

/** A member as it stands beside a user, for instance in `MESSAGE_CREATE` and in `data.resolved`. */
export function memberWithoutUser(member: MemberRecord) {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roleIds],
    joined_at: new Date(member.joinedAt).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until:
      member.timedOutUntil === null ? null : new Date(member.timedOutUntil).toISOString(),
  };
}

/** A server as REST answers it ("Guild Object"). */
export function guildPayload(guild: GuildRecord) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: guild.systemChannelId,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()].map(rolePayload),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/**
 * A server as the gateway sends it ("Guild Create"). Without the presence intent the only member in it is the bot.
 */
export function guildCreatePayload(core: Core, guild: GuildRecord) {
  const bot = guild.members.get(core.applicationId);
  return {
    ...guildPayload(guild),
    joined_at: new Date(bot?.joinedAt ?? core.now()).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: bot ? [memberPayload(core, bot)] : [],
    channels: core.directory.guildChannels(guild.id).map((channel) => channelPayload(core, channel)),
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
