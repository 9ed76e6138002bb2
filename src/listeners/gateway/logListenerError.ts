import { Events, Listener, type ListenerErrorPayload } from '@sapphire/framework';

/** Logs a listener of Discord's events that failed. Domain listeners never end here. */
export class LogListenerError extends Listener<typeof Events.ListenerError> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ListenerError });
  }

  override run(error: unknown, { piece }: ListenerErrorPayload): void {
    this.container.logger.error(`The listener ${piece.name} failed`, error);
  }
}
