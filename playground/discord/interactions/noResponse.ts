/** The bot did not answer within three seconds; the client then shows exactly these words. */
export class NoResponse extends Error {
  override readonly name = 'NoResponse';

  constructor() {
    super('The application did not respond');
  }
}
