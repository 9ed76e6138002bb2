/** What a Discord client would not let a person do, and so never reaches the bot. */
export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}
