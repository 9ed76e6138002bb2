import { refusals } from '../../errors.ts';
import { leaveGuild } from '../../model/guilds.ts';
import { channelPayload } from '../../wire/channel.ts';
import { guildPayload, memberPayload, rolePayload } from '../../wire/guild.ts';
import { type BotGuild, botGuild, requireInGuild } from '../access.ts';
import { type Route, route } from '../route.ts';

const MOST_MEMBERS_LISTED = 1_000;

/** Servers, their channels, roles and members ("Guild Resource"). */
export const guildRoutes: readonly Route[] = [
  route('GET /guilds/:guild', (core, { params, query }) => {
    const { guild } = botGuild(core, params.get('guild'));
    const counts = {
      approximate_member_count: guild.members.size,
      approximate_presence_count: guild.members.size,
    };
    return {
      status: 200,
      body: { ...guildPayload(guild), ...(query.get('with_counts') === 'true' ? counts : {}) },
    };
  }),
  route('GET /guilds/:guild/channels', (core, { params }) => {
    const { guild } = botGuild(core, params.get('guild'));
    return {
      status: 200,
      body: core.directory.guildChannels(guild.id).map((channel) => channelPayload(core, channel)),
    };
  }),
  route('GET /guilds/:guild/roles', (core, { params }) => {
    const { guild } = botGuild(core, params.get('guild'));
    return { status: 200, body: [...guild.roles.values()].map(rolePayload) };
  }),
  route('GET /guilds/:guild/members', (core, { params, query }) => {
    const { guild } = botGuild(core, params.get('guild'));
    const limit = Math.min(Number(query.get('limit') ?? 1), MOST_MEMBERS_LISTED);
    const after = BigInt(query.get('after') ?? 0);
    const members = [...guild.members.values()]
      .filter(({ userId }) => BigInt(userId) > after)
      .sort((left, right) => (BigInt(left.userId) < BigInt(right.userId) ? -1 : 1))
      .slice(0, limit);
    return { status: 200, body: members.map((member) => memberPayload(core, member)) };
  }),
  route('GET /guilds/:guild/members/:member', (core, { params }) => {
    const place = botGuild(core, params.get('guild'));
    return { status: 200, body: memberPayload(core, memberOf(place, params.get('member'))) };
  }),
  route('PUT /guilds/:guild/members/:member/roles/:role', (core, { params }) => {
    const place = botGuild(core, params.get('guild'));
    const member = memberOf(place, params.get('member'));
    member.roleIds.add(manageableRole(place, params.get('role')));
    return { status: 204 };
  }),
  route('DELETE /guilds/:guild/members/:member/roles/:role', (core, { params }) => {
    const place = botGuild(core, params.get('guild'));
    const member = memberOf(place, params.get('member'));
    member.roleIds.delete(manageableRole(place, params.get('role')));
    return { status: 204 };
  }),
  route('DELETE /users/@me/guilds/:guild', (core, { params }) => {
    leaveGuild(core, botGuild(core, params.get('guild')).guild);
    return { status: 204 };
  }),
];

function memberOf({ guild }: BotGuild, userId: string) {
  const member = guild.members.get(userId);
  if (!member) throw refusals.unknownMember();
  return member;
}

/** A role below the bot's highest one ("Permission Hierarchy"). @throws ApiError 10011, or 50013 where it may not */
function manageableRole(place: BotGuild, roleId: string): string {
  const { guild, bot } = place;
  const role = guild.roles.get(roleId);
  if (!role) throw refusals.unknownRole();
  requireInGuild(place, 'ManageRoles');
  const highest = Math.max(0, ...[...bot.roleIds].map((id) => guild.roles.get(id)?.position ?? 0));
  if (role.managed || role.position >= highest) throw refusals.missingPermissions();
  return role.id;
}
