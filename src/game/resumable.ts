import type { Tx } from '../world/transaction.ts';

/** A part of the game that has jobs to ask for. */
export interface Resumable {
  /** Asks again for everything that is due in a server: it has just come into this world, and no job knows of it. */
  resumeServer(tx: Tx, guildId: string): void;
}
