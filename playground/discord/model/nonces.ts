/**
 * How long a nonce is remembered. Discord says "the past few minutes" (developer docs, "Create Message",
 * `enforce_nonce`) and not how many.
 */
const REMEMBERED_MS = 5 * 60_000;

/** Which message a nonce stands for, per author and channel. */
export class NonceMemory {
  readonly #now: () => number;
  readonly #messages = new Map<string, { readonly messageId: string; readonly at: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  remember(channelId: string, authorId: string, nonce: string | number, messageId: string): void {
    this.#messages.set(keyOf(channelId, authorId, nonce), { messageId, at: this.#now() });
  }

  /** The id of the first message sent with this nonce, while it is remembered. */
  find(channelId: string, authorId: string, nonce: string | number): string | undefined {
    this.#forgetOld();
    return this.#messages.get(keyOf(channelId, authorId, nonce))?.messageId;
  }

  #forgetOld(): void {
    for (const [key, { at }] of this.#messages) {
      if (at + REMEMBERED_MS > this.#now()) return;
      this.#messages.delete(key);
    }
  }
}

function keyOf(channelId: string, authorId: string, nonce: string | number): string {
  return `${channelId}/${authorId}/${nonce}`;
}
