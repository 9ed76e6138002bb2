import { setTimeout as delay } from 'node:timers/promises';
import { Events, Listener } from '@sapphire/framework';
import type { ApplicationCommandDataResolvable } from 'discord.js';

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 5 * 60_000;

/** Registers the commands again when Discord did not take them: Sapphire tries only once, and the bot would be mute. */
export class RetryRegistration extends Listener<
  typeof Events.ApplicationCommandRegistriesBulkOverwriteError
> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ApplicationCommandRegistriesBulkOverwriteError });
  }

  override async run(error: unknown): Promise<void> {
    const { client, logger } = this.container;
    let problem = error;
    for (let wait = FIRST_WAIT; client.isReady(); wait = Math.min(wait * 2, LONGEST_WAIT)) {
      logger.error(`Discord did not take the commands; trying again in ${wait / 1_000} s.`, problem);
      await delay(wait, undefined, { ref: false });
      try {
        const registered = await client.application?.commands.set(this.#commands());
        client.emit(Events.ApplicationCommandRegistriesBulkOverwrite, registered, null);
        return;
      } catch (nextError) {
        problem = nextError;
      }
    }
  }

  /** What every command has asked to be registered as; Sapphire keeps it to itself. */
  #commands() {
    const commands = [...this.container.stores.get('commands').values()];
    return commands.flatMap((command) => {
      const calls = command.applicationCommandRegistry['apiCalls'] as readonly {
        builtData: ApplicationCommandDataResolvable;
      }[];
      return calls.map(({ builtData }) => builtData);
    });
  }
}
