/**
 * Where something is told: a channel of a server by its id, or somebody's direct messages by an id of our own, which
 * begins with `@`. Whose they are stands in `outlets` only: the queue, which keeps what was in it, never learns of it.
 */
export type OutletId = string;

const DIRECT = '@';

/** An id for somebody's direct messages. */
export function directOutletId(unique: string): OutletId {
  return DIRECT + unique;
}

/** Whether these are somebody's direct messages, and not a server's channel. */
export function isDirect(outletId: OutletId): boolean {
  return outletId.startsWith(DIRECT);
}
