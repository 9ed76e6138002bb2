import type { OutletProblem } from '../game/announcements/outlets.table.ts';
import type { Hold } from '../game/announcements/pacing.ts';
import { logChannel } from '../game/announcements/settings.ts';
import type { Game } from '../game/game.ts';
import { jobKey } from '../world/outbox.ts';
import type { World } from '../world/world.ts';
import type { ServerDirectory, WantedPermission } from './server-directory.ts';

/** What a channel is to whoever asks: where things are announced, where problems are told, where they are asking. */
export type ChannelPurpose = 'announcements' | 'log' | 'here' | 'other';

/** That the bot does not write in a channel for now. */
export interface Pause {
  readonly problem: OutletProblem;
  readonly since: number;
  /** What Discord said; null where it didn't have to be asked. */
  readonly detail: string | null;
}

/** How things stand in one channel. */
export interface ChannelDiagnosis {
  readonly channelId: string;
  /** Undefined where the gateway doesn't tell of it. */
  readonly name: string | undefined;
  readonly purposes: readonly ChannelPurpose[];
  readonly isGone: boolean;
  /** What the bot wants to be allowed there; undefined where the gateway doesn't tell. */
  readonly wanted: readonly WantedPermission[] | undefined;
  /** What keeps the bot from writing there now, as far as the gateway tells. */
  readonly problem: OutletProblem | undefined;
  readonly pause: Pause | undefined;
  /** How many announcements wait to be told there. */
  readonly waiting: number;
  /** What keeps announcements back there although the bot could write. */
  readonly holds: readonly Hold[];
  /** When the bot looks at it again by itself, where something waits. */
  readonly nextAt: number | undefined;
}

/** How things stand in a server. */
export interface Diagnosis {
  readonly announces: boolean;
  /** Whether anybody would hear of a problem. */
  readonly isHeard: boolean;
  readonly timedOutUntil: number | undefined;
  /** The most important first. */
  readonly channels: readonly ChannelDiagnosis[];
}

/** What a diagnosis is made of. */
export interface Examined {
  readonly world: World;
  readonly game: Game;
  readonly serverDirectory: ServerDirectory;
}

/**
 * Finds out how things stand in a server: from what the gateway has told and from what the world knows, without asking
 * Discord.
 *
 * @param askedIn the channel where somebody wants to know
 */
export function diagnose(examined: Examined, guildId: string, askedIn: string): Diagnosis {
  const { world, game, serverDirectory } = examined;
  const announced = game.announcements.channelsOf(world.reader, guildId);
  const logChannelId = game.settings.get(world.reader, guildId, logChannel);
  // A channel that the gateway doesn't tell of is a private thread: there is nothing to be said about it.
  const here = serverDirectory.channel(guildId, askedIn) ? askedIn : null;
  const purposes: readonly (readonly [ChannelPurpose, string | null])[] = [
    ...announced.map((channelId) => ['announcements', channelId] as const),
    ['log', logChannelId],
    ['here', here],
  ];
  const named = Map.groupBy(
    purposes.flatMap(([purpose, channelId]) => (channelId === null ? [] : [{ purpose, channelId }])),
    ({ channelId }) => channelId,
  );
  const waiting = game.announcements.waitingIn(world.reader, guildId);
  const others = game.outlets
    .paused(world.reader, guildId)
    .filter(({ id, problem }) => !named.has(id) && (problem !== 'channelGone' || waiting.has(id)))
    .toSorted((one, other) => (waiting.get(other.id) ?? 0) - (waiting.get(one.id) ?? 0))
    .map(({ id }) => ({ id, purposes: ['other'] as const }));
  const important = [...named].map(([id, each]) => ({ id, purposes: each.map(({ purpose }) => purpose) }));
  return {
    announces: announced.length > 0,
    isHeard: logChannelId !== null || isOwnerReachable(examined, guildId),
    timedOutUntil: serverDirectory.timedOutUntil(guildId),
    channels: [...important, ...others].map(({ id, purposes: own }) =>
      diagnoseChannel(examined, { guildId, channelId: id, purposes: own, waiting: waiting.get(id) ?? 0 }),
    ),
  };
}

/** How things stand in the channels where a server announces. */
export function diagnoseAnnouncements(examined: Examined, guildId: string): ChannelDiagnosis[] {
  const { world, game } = examined;
  const waiting = game.announcements.waitingIn(world.reader, guildId);
  return game.announcements.channelsOf(world.reader, guildId).map((channelId) =>
    diagnoseChannel(examined, {
      guildId,
      channelId,
      purposes: ['announcements'],
      waiting: waiting.get(channelId) ?? 0,
    }),
  );
}

/** Whether the bot can write in a channel and is allowed everything it wants there. */
export function isSound({ isGone, wanted = [], problem, pause }: ChannelDiagnosis): boolean {
  return !isGone && !pause && problem === undefined && wanted.every(({ isGranted }) => isGranted);
}

function diagnoseChannel(
  { world, game, serverDirectory }: Examined,
  place: Pick<ChannelDiagnosis, 'channelId' | 'purposes' | 'waiting'> & { readonly guildId: string },
): ChannelDiagnosis {
  const { guildId, channelId, purposes, waiting } = place;
  const outlet = game.outlets.find(world.reader, channelId);
  const pause =
    outlet?.state === 'paused' && outlet.problem !== null
      ? { problem: outlet.problem, since: outlet.since, detail: outlet.detail }
      : undefined;
  const channel = serverDirectory.channel(guildId, channelId);
  const isOutOfSight = !channel && serverDirectory.server(guildId)?.available === true;
  // Only text channels can be chosen, and of those the gateway tells; another one may be a thread that is archived.
  const isGone = isOutOfSight && (!purposes.includes('other') || pause?.problem === 'channelGone');
  return {
    channelId,
    name: channel?.name,
    purposes,
    isGone,
    wanted: serverDirectory.wantedIn(channelId),
    problem: serverDirectory.problemIn(channelId),
    pause,
    waiting,
    holds: purposes.includes('announcements')
      ? game.pacing.holds(world.reader, guildId, channelId, world.clock.now())
      : [],
    nextAt: waiting > 0 ? world.outbox.find(jobKey('discordNotify', channelId))?.runAt : undefined,
  };
}

function isOwnerReachable({ world, game, serverDirectory }: Examined, guildId: string): boolean {
  const ownerId = serverDirectory.server(guildId)?.ownerId;
  return ownerId === undefined || game.outlets.takesDirect(world.reader, ownerId);
}
