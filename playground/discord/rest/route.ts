import type { Core } from '../core.ts';
import type { FileRecord } from '../model/records.ts';
import type { Allowance } from './rateLimits.ts';

/** A request of the bot's, after its route was found and its body read. */
export interface ApiRequest {
  readonly method: string;
  readonly params: Params;
  readonly query: URLSearchParams;
  /** The JSON, or that of `payload_json`; `undefined` without a body. */
  readonly body: unknown;
  readonly files: readonly FileRecord[];
}

/** What the bot is answered; without a body it is 204. */
export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** The ids in a path. */
export class Params {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** @throws Error when the route has no such part: a mistake in the route's definition */
  get(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`this route has no :${name}`);
    return value;
  }

  /** The same, `undefined` where the route has no such part. */
  find(name: string): string | undefined {
    return this.#values.get(name);
  }
}

/** One of Discord's endpoints. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for an id. */
  readonly path: string;
  /** Whether it needs the bot's token; interactions bring a token of their own in the path. */
  readonly auth: 'bot' | 'path';
  /** `exempt` has no limit at all: first answers to interactions. */
  readonly limit: Allowance | 'exempt';
  readonly handle: (core: Core, request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
}

/** For routes whose own limit is not worth copying: Discord's differ and are not documented. */
const USUAL: Allowance = { requests: 50, milliseconds: 1_000 };

/** A route that needs the bot's token. */
export function route(
  signature: `${Route['method']} /${string}`,
  handle: Route['handle'],
  limit: Allowance = USUAL,
): Route {
  const [method, path] = split(signature);
  return { method, path, auth: 'bot', limit, handle };
}

/** A route of an interaction: its token stands in the path. */
export function interactionRoute(
  signature: `${Route['method']} /${string}`,
  handle: Route['handle'],
  limit: Route['limit'],
): Route {
  const [method, path] = split(signature);
  return { method, path, auth: 'path', limit, handle };
}

/** The ids of a path, if it is this route's. */
export function matchPath(pattern: string, path: string): Params | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const values = new Map<string, string>();
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':') && value !== '') values.set(part.slice(1), value);
    else if (part !== value) return undefined;
  }
  return new Params(values);
}

function split(signature: `${Route['method']} /${string}`): [Route['method'], string] {
  const [method, path] = signature.split(' ');
  // The template literal type says what both halves are.
  return [method as Route['method'], path ?? ''];
}
