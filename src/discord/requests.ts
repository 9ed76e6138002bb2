import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js';

/** What is done around every request to Discord. */
export interface RequestGuard {
  /** Waited for before anything is sent: what Discord is told must be on the disk. */
  readonly beforeRequest: () => Promise<void>;
  /** Called for each answer that Discord counts against us ("Invalid Request Limit"). */
  readonly onInvalidAnswer: () => void;
  /** Looks on, in development: sends it, and sees what is answered. */
  readonly observer?: RequestObserver | undefined;
}

/** Looks on while Discord is asked. */
export interface RequestObserver {
  watchRequest<Answer extends { readonly status: number }>(
    request: { readonly method: string; readonly url: string },
    send: () => Promise<Answer>,
  ): Promise<Answer>;
}

/** The answers of which 10,000 in ten minutes ban an address. */
const INVALID: readonly number[] = [401, 403, 429];

/**
 * Makes requests with a guard around them.
 *
 * @param keepToken called when discord.js has forgotten the token
 */
export function guardedRequests(guard: RequestGuard, keepToken: () => void): RESTOptions['makeRequest'] {
  return async (url, init): Promise<ResponseLike> => {
    await guard.beforeRequest();
    const send = () => DefaultRestOptions.makeRequest(url, init);
    const response = await (guard.observer?.watchRequest({ method: init.method ?? 'GET', url }, send) ??
      send());
    // A limit that is shared with others is nobody's fault ("Rate Limits", X-RateLimit-Scope).
    if (INVALID.includes(response.status) && response.headers.get('x-ratelimit-scope') !== 'shared')
      guard.onInvalidAnswer();
    // discord.js forgets the token at a single 401 and would send nothing ever after. If it really isn't good any more,
    // the gateway says so too, and that ends the bot.
    if (response.status === 401) setImmediate(keepToken);
    return response;
  };
}
