import { createHash } from 'node:crypto';

/** So many requests in so many milliseconds, counted from the first one. */
export interface Allowance {
  readonly requests: number;
  readonly milliseconds: number;
}

/** Which limits a request counts against. */
export interface Limited {
  /** Names the route without ids: what Discord's bucket hash stands for. */
  readonly bucket: string;
  /** The ids for which the bucket is counted apart: channel, server, webhook ("Rate Limits", "top-level resources"). */
  readonly resource: string;
  readonly allowance: Allowance;
  /** Interactions are not bound to the bot's global limit. */
  readonly global: boolean;
}

/** What the limits say to a request. */
export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait; absent where the request may pass. */
  readonly retryAfter?: number;
  readonly scope?: 'user' | 'global';
}

interface Window {
  readonly until: number;
  used: number;
}

/** developer docs, "Rate Limits", "Global Rate Limit". */
const GLOBAL: Allowance = { requests: 50, milliseconds: 1_000 };

/** Discord's rate limits: fixed windows per bucket, and one over everything. */
export class RateLimits {
  /** While this is off requests are neither counted nor refused. */
  enabled: boolean;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();
  #global: Window = { until: 0, used: 0 };

  constructor(now: () => number, enabled: boolean) {
    this.#now = now;
    this.enabled = enabled;
  }

  /** Counts a request and says whether it may pass. */
  take({ bucket, resource, allowance, global }: Limited): Verdict {
    if (!this.enabled) return { headers: {} };
    if (global && this.#globalIsSpent()) return this.#refuseGlobally();
    const window = this.#window(`${bucket}/${resource}`, allowance);
    const spent = window.used >= allowance.requests;
    if (!spent) {
      window.used += 1;
      if (global) this.#global.used += 1;
    }
    const wait = Math.max(0, window.until - this.#now()) / 1000;
    const headers = {
      'x-ratelimit-limit': String(allowance.requests),
      'x-ratelimit-remaining': String(allowance.requests - window.used),
      'x-ratelimit-reset': (window.until / 1000).toFixed(3),
      'x-ratelimit-reset-after': wait.toFixed(3),
      'x-ratelimit-bucket': createHash('sha256').update(bucket).digest('hex').slice(0, 32),
    };
    if (!spent) return { headers };
    return {
      headers: { ...headers, 'x-ratelimit-scope': 'user', 'retry-after': String(Math.ceil(wait)) },
      retryAfter: wait,
      scope: 'user',
    };
  }

  #globalIsSpent(): boolean {
    const now = this.#now();
    if (this.#global.until <= now) this.#global = { until: now + GLOBAL.milliseconds, used: 0 };
    return this.#global.used >= GLOBAL.requests;
  }

  #refuseGlobally(): Verdict {
    const wait = Math.max(0, this.#global.until - this.#now()) / 1000;
    return {
      headers: {
        'x-ratelimit-global': 'true',
        'x-ratelimit-scope': 'global',
        'retry-after': String(Math.ceil(wait)),
      },
      retryAfter: wait,
      scope: 'global',
    };
  }

  #window(key: string, allowance: Allowance): Window {
    const now = this.#now();
    const current = this.#windows.get(key);
    if (current && current.until > now) return current;
    if (this.#windows.size > 10_000) this.#forgetOld(now);
    const opened = { until: now + allowance.milliseconds, used: 0 };
    this.#windows.set(key, opened);
    return opened;
  }

  #forgetOld(now: number): void {
    for (const [key, { until }] of this.#windows) if (until <= now) this.#windows.delete(key);
  }
}
