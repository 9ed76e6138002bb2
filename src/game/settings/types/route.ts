import { z } from 'zod';
import { channelIdSchema } from './channel.ts';

/** Where one kind of thing goes that has a usual way: the usual one, nowhere, or a channel of its own. */
export type Route = 'usual' | 'off' | (string & {});

/** A {@link Route}. */
export interface RouteType {
  readonly kind: 'route';
  readonly schema: z.ZodType<Route>;
}

export function route(): RouteType {
  return { kind: 'route', schema: z.union([z.enum(['usual', 'off']), channelIdSchema]) };
}

/** The channel of its own that a route leads to; undefined where it leads to none. */
export function ownChannelOf(way: Route): string | undefined {
  return way === 'usual' || way === 'off' ? undefined : way;
}
