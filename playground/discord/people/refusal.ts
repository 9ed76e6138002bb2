/** What a Discord client would not let a person do, and so never reaches the bot. */
export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}

/** The bot did not answer within three seconds; the client then shows exactly these words. */
export class NoResponse extends Error {
  override readonly name = 'NoResponse';

  constructor() {
    super('The application did not respond');
  }
}
