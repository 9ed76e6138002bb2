import { Events, Listener } from '@sapphire/framework';

/** Logs what goes wrong in the connection to Discord; discord.js mends it by itself. */
export class LogClientError extends Listener<typeof Events.Error> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.Error });
  }

  override run(error: Error): void {
    this.container.logger.error('The connection to Discord had an error', error);
  }
}
