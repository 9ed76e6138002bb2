import { container } from '@sapphire/framework';
import type { ChannelSender } from '../discord/channel-sender.ts';
import type { Inbox } from '../discord/inbox.ts';
import type { ServerDirectory } from '../discord/server-directory.ts';
import type { EventBus } from '../events/bus.ts';
import type { Game } from '../game/game.ts';
import type { Backups } from '../world/backups.ts';
import type { World } from '../world/world.ts';

/** What pieces find in Sapphire's container. Everything else is given its needs in its constructor. */
export interface Services {
  readonly world: World;
  readonly bus: EventBus;
  readonly game: Game;
  readonly channelSender: ChannelSender;
  readonly serverDirectory: ServerDirectory;
  readonly inbox: Inbox;
  readonly backups: Backups;
}

declare module '@sapphire/pieces' {
  interface Container extends Services {}
}

/** The one place where the container is filled; call it before any piece is loaded. */
export function fillContainer(services: Services): void {
  Object.assign(container, services);
}
