import {
  channelPermissions,
  type Fault,
  type GuildChannelRecord,
  has,
  type LoopbackDiscord,
} from '../discord/index.ts';
import { setPermission } from '../page/channelPermission.ts';
import type { FaultName, FaultView } from '../page/protocol.ts';

/** By how much everything is slower, in milliseconds: answers still arrive within the three seconds. */
const SLOWER_BY_MS = 1_500;

type GeneralKind = Exclude<FaultName['kind'], 'noWriting'>;

interface Words {
  readonly label: string;
  readonly on: string;
  readonly off: string;
}

const GENERAL: Readonly<Record<GeneralKind, Words>> = {
  discordErrors: {
    label: 'Discord answers messages with errors',
    on: 'Discord now answers every message with an error: the bot tries again until it arrives',
    off: 'Discord takes messages again: what waited comes by itself, once',
  },
  slowDiscord: {
    label: 'Discord is slow',
    on: `Discord now takes ${SLOWER_BY_MS / 1_000} seconds longer for everything: answers are late, crafts are not`,
    off: 'Discord is as quick as before',
  },
  gatewayDown: {
    label: 'Discord’s gateway is down',
    on: 'The bot has lost its connection and gets no new one: commands are not answered, crafts go on',
    off: 'The bot may connect again: it comes back by itself within a few seconds',
  },
};

/** What can go wrong with Discord, switched on and off. */
export class DiscordFaults {
  readonly #discord: LoopbackDiscord;
  readonly #faults = new Map<GeneralKind, Fault | 'gateway'>();

  constructor(discord: LoopbackDiscord) {
    this.#discord = discord;
  }

  /** All that there are: the general ones, and one for each channel of a server with the bot. */
  get view(): FaultView[] {
    const general = Object.entries(GENERAL).map(([kind, { label }]) => ({
      id: kind,
      label,
      on: this.#faults.has(kind as GeneralKind), // Its keys.
      fault: { kind: kind as GeneralKind }, // As above.
    }));
    return [...general, ...this.#channels.map((channel) => this.#channelView(channel))];
  }

  /** @returns a sentence about what will be seen; undefined when there is no such channel */
  set(fault: FaultName, on: boolean): string | undefined {
    if (fault.kind !== 'noWriting') return this.#setGeneral(fault.kind, on);
    const channel = this.#channels.find(({ id }) => id === fault.channel);
    if (!channel) return undefined;
    this.#setWriting(channel, !on);
    return on
      ? `The bot may not write in #${channel.name} now: its news for there wait, or find another way`
      : `The bot may write in #${channel.name} again: what waited for that comes by itself`;
  }

  #setGeneral(kind: GeneralKind, on: boolean): string {
    if (on !== this.#faults.has(kind)) {
      if (on) this.#faults.set(kind, this.#begin(kind));
      else this.#end(kind);
    }
    return GENERAL[kind][on ? 'on' : 'off'];
  }

  #begin(kind: GeneralKind): Fault | 'gateway' {
    const { faults } = this.#discord;
    switch (kind) {
      case 'discordErrors':
        return faults.answer('POST /channels/*/messages', { status: 500 });
      case 'slowDiscord':
        return faults.slow('* /**', { milliseconds: SLOWER_BY_MS });
      case 'gatewayDown':
        this.#discord.refuseGateway(true);
        this.#discord.dropGateway({ code: 'abort' });
        return 'gateway';
    }
  }

  #end(kind: GeneralKind): void {
    const fault = this.#faults.get(kind);
    this.#faults.delete(kind);
    if (fault === 'gateway') this.#discord.refuseGateway(false);
    else fault?.remove();
  }

  get #channels(): GuildChannelRecord[] {
    const { directory, applicationId } = this.#discord;
    return [...directory.guilds.values()]
      .filter(({ members }) => members.has(applicationId))
      .flatMap(({ id }) => directory.guildChannels(id));
  }

  #channelView(channel: GuildChannelRecord): FaultView {
    return {
      id: `noWriting:${channel.id}`,
      label: `The bot may not write in #${channel.name}`,
      on: !this.#mayWrite(channel),
      fault: { kind: 'noWriting', channel: channel.id },
    };
  }

  /** Given back, it is as the server has it; where that is not enough, it is allowed here. */
  #setWriting(channel: GuildChannelRecord, allowed: boolean): void {
    const target = this.#discord.applicationId;
    const set = (value: boolean | null) =>
      setPermission(this.#discord, channel, { target, permission: 'SendMessages', allowed: value });
    set(allowed ? null : false);
    if (allowed && !this.#mayWrite(channel)) set(true);
  }

  #mayWrite(channel: GuildChannelRecord): boolean {
    const guild = this.#discord.directory.guilds.get(channel.guildId);
    const bot = guild?.members.get(this.#discord.applicationId);
    return (
      guild !== undefined && bot !== undefined && has(channelPermissions(guild, channel, bot), 'SendMessages')
    );
  }
}
