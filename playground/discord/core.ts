import type { CommandRegistry } from './commands.ts';
import type { Deadlines } from './deadlines.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Log } from './log.ts';
import type { Directory } from './model/directory.ts';
import type { NonceMemory } from './model/nonces.ts';

/** What the parts of this Discord share. */
export interface Core {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly nextId: () => string;
  /** How long the bot may take for its first answer, in milliseconds. */
  readonly answerWithin: number;
  readonly log: Log;
  readonly directory: Directory;
  readonly deadlines: Deadlines;
  readonly commands: CommandRegistry;
  readonly nonces: NonceMemory;
  readonly gateway: Gateway;
  readonly token: string;
  /** The application's id is also its bot user's. */
  readonly applicationId: string;
  readonly applicationName: string;
  /** Whom the application belongs to; not a person who can be seen anywhere. */
  readonly developerId: string;
  /** Without a slash at the end, such as `http://127.0.0.1:4321`. */
  readonly url: string;
}
