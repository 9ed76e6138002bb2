import { Events, Listener } from '@sapphire/framework';

/** Says that the bot is connected and its commands are registered: from here on players can use it. */
export class LogReady extends Listener<typeof Events.ApplicationCommandRegistriesBulkOverwrite> {
  constructor(context: Listener.LoaderContext) {
    super(context, { event: Events.ApplicationCommandRegistriesBulkOverwrite, once: true });
  }

  override run(): void {
    const { client, logger } = this.container;
    logger.info(
      `Ready: connected to Discord as ${client.user?.tag}, in ${client.guilds.cache.size} servers.`,
    );
  }
}
