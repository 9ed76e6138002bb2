import { randomBytes } from 'node:crypto';
import type { Core } from '../core.ts';
import { channelPermissions, DIRECT_MESSAGE_PERMISSIONS } from '../model/permissions.ts';
import type { ChannelRecord, InteractionRecord, MessageRecord, UserRecord } from '../model/records.ts';
import { botPermissions } from '../rest/access.ts';
import { channelPayload } from '../wire/channel.ts';
import { memberPayload } from '../wire/guild.ts';
import { messagePayload } from '../wire/message.ts';
import { userPayload } from '../wire/user.ts';
import { NoResponse } from './noResponse.ts';

/** How often an interaction reaches the bot: once, as a rule; `never` and `twice` are faults. */
export type Delivery = 'once' | 'never' | 'twice';

/** What a person did. */
export interface Deed {
  readonly type: InteractionRecord['type'];
  readonly user: UserRecord;
  readonly channel: ChannelRecord;
  /** `data` of the interaction. */
  readonly data: unknown;
  readonly commandName?: string;
  readonly message?: MessageRecord;
  readonly delivery?: Delivery;
}

/** Bytes of an attachment without boosts; the bot is told it with each interaction. */
const ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024;

/** Keeps the interaction, sends it to the bot and starts the three seconds. */
export function deliver(core: Core, deed: Deed): InteractionRecord {
  const interaction: InteractionRecord = {
    id: core.nextId(),
    token: randomBytes(48).toString('base64url'),
    type: deed.type,
    userId: deed.user.id,
    channelId: deed.channel.id,
    guildId: deed.channel.kind === 'guild' ? deed.channel.guildId : null,
    createdAt: core.now(),
    followUpIds: [],
    first: Promise.withResolvers(),
    state: 'waiting',
    ...(deed.commandName === undefined ? {} : { commandName: deed.commandName }),
    ...(deed.message === undefined ? {} : { messageId: deed.message.id }),
  };
  // Who does not ask need not hear of it.
  interaction.first.promise.catch(() => {});
  core.directory.interactions.set(interaction.token, interaction);
  core.log.append({ kind: 'interaction', what: 'sent', interactionId: interaction.id });
  core.deadlines.set(interaction.createdAt + core.answerWithin + 1, () => giveUp(core, interaction));
  const payload = interactionPayload(core, interaction, deed);
  for (let time = 0; time < TIMES[deed.delivery ?? 'once']; time += 1) {
    core.gateway.dispatch({ event: 'INTERACTION_CREATE', guildId: interaction.guildId, data: payload });
  }
  return interaction;
}

const TIMES: Readonly<Record<Delivery, number>> = { never: 0, once: 1, twice: 2 };

function giveUp(core: Core, interaction: InteractionRecord): void {
  if (interaction.state !== 'waiting') return;
  interaction.state = 'unanswered';
  interaction.first.reject(new NoResponse());
  core.log.append({ kind: 'interaction', what: 'unanswered', interactionId: interaction.id });
}

/** "Interaction Structure". */
function interactionPayload(core: Core, interaction: InteractionRecord, deed: Deed) {
  const { channel, user, message } = deed;
  return {
    id: interaction.id,
    application_id: core.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data: deed.data,
    channel_id: channel.id,
    locale: user.locale,
    entitlements: [],
    attachment_size_limit: ATTACHMENT_SIZE_LIMIT,
    app_permissions: (channel.kind === 'direct'
      ? DIRECT_MESSAGE_PERMISSIONS
      : botPermissions(core, channel)
    ).toString(),
    ...placePayload(core, channel, user),
    ...(message === undefined ? {} : { message: messagePayload(core, message) }),
  };
}

function placePayload(core: Core, channel: ChannelRecord, user: UserRecord) {
  if (channel.kind === 'direct') {
    return {
      channel: channelPayload(core, channel),
      context: 1,
      user: userPayload(user),
      authorizing_integration_owners: { '0': '0' },
    };
  }
  const guild = core.directory.guilds.get(channel.guildId);
  const member = guild?.members.get(user.id);
  if (!guild || !member) throw new Error(`${user.name} is not in the server of #${channel.name}`);
  const permissions = channelPermissions(guild, channel, member).toString();
  return {
    channel: { ...channelPayload(core, channel), permissions },
    context: 0,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    member: { ...memberPayload(core, member), permissions },
    authorizing_integration_owners: { '0': guild.id },
  };
}
