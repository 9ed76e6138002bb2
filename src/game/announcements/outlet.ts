/**
 * Where something is told: a channel of a server by its id, or somebody's direct messages by `@` and their id. The
 * latter are a channel too; which one is known only after they were opened.
 */
export type OutletId = string;

const DIRECT = '@';

/** Somebody's direct messages. */
export function directOutlet(userId: string): OutletId {
  return `${DIRECT}${userId}`;
}

/** Whose direct messages these are; undefined for a server's channel. */
export function recipientOf(outletId: OutletId): string | undefined {
  return outletId.startsWith(DIRECT) ? outletId.slice(DIRECT.length) : undefined;
}
