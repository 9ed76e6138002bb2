import { inspect } from 'node:util';

/** The interaction was acted on before: Discord delivered it twice, and once is enough. */
export class AlreadyActedOn extends Error {
  override readonly name = 'AlreadyActedOn';

  constructor(interactionId: string) {
    super(`The interaction ${interactionId} was acted on before.`);
  }
}

/**
 * The whole transaction ended inside a listener (a full disk, an I/O error), or the failure of a listener could
 * not be recorded. Nothing of the action remains.
 */
export class PoisonedTransaction extends Error {
  override readonly name = 'PoisonedTransaction';

  constructor(cause: unknown) {
    super(`The transaction was given up: ${describe(cause)}`, { cause });
  }
}

/** Somebody kept a transaction and used it after it was over. */
export class TransactionIsOver extends Error {
  override readonly name = 'TransactionIsOver';

  constructor() {
    super('This transaction is over; nothing can be read or written through it any more.');
  }
}

/** The listeners of one transaction publish events without end. */
export class TooManyEvents extends Error {
  override readonly name = 'TooManyEvents';

  constructor(limit: number) {
    super(`More than ${limit} events in one transaction: listeners go round in a circle.`);
  }
}

/** A few words about anything that was thrown, and about what lay behind it, three causes deep. Never throws. */
export function describe(error: unknown, depth = 3): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : inspect(error);
  const words = String(error.message || error.name);
  return error.cause === undefined || depth === 0 ? words : `${words}: ${describe(error.cause, depth - 1)}`;
}
