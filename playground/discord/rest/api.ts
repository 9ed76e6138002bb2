import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import { ApiError, refusals } from '../errors.ts';
import type { Fault, FaultAction, Faults, RequestView } from '../faults.ts';
import type { Refusal } from '../log.ts';
import { readBody } from './body.ts';
import type { RateLimits, Verdict } from './rateLimits.ts';
import { type ApiAnswer, matchPath, type Params, type Route } from './route.ts';

/** How often the bot was told what. */
export interface Counters {
  requests: number;
  /** 429s that the rate limits gave. */
  rateLimited: number;
  /** 401s, 403s and 429s, also those that a fault gave: 10,000 in ten minutes ban an address ("Invalid Request Limit"). */
  invalid: number;
}

type AnswerAction = Extract<FaultAction, { do: 'answer' }>;

interface Found {
  readonly route: Route;
  readonly params: Params;
}

interface Outcome extends ApiAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly route: string;
  readonly received?: unknown;
  readonly error?: ApiError;
  /** Whether it is Discord's own answer and not a fault's. */
  readonly earned: boolean;
}

/** Discord's REST API: finds the route, checks token and limits, lets faults strike, answers and keeps the log. */
export class Api {
  readonly counters: Counters = { requests: 0, rateLimited: 0, invalid: 0 };
  /** What Discord would not have taken, in the order in which it came. */
  readonly refused: Refusal[] = [];
  readonly #core: Core;
  readonly #routes: readonly Route[];
  readonly #limits: RateLimits;
  readonly #faults: Faults;

  constructor(core: Core, routes: readonly Route[], limits: RateLimits, faults: Faults) {
    this.#core = core;
    this.#routes = routes;
    this.#limits = limits;
    this.#faults = faults;
  }

  /** Answers a request whose path starts with `/api`. */
  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const view = { method: request.method ?? 'GET', path: apiPath(url) };
    const fault = this.#faults.strike(view, 'before');
    if (fault && fault.action.do !== 'answer') await befall(fault, fault.action, request);
    if (request.socket.destroyed) {
      this.#core.log.append({ kind: 'lost', ...view, handled: false });
      return;
    }
    const outcome =
      fault?.action.do === 'answer'
        ? this.#injected(view, fault.action, request)
        : await this.#outcome(view, request, url);
    this.#record(view, outcome);
    const late = this.#faults.strike(view, 'after');
    if (late && late.action.do !== 'answer') await befall(late, late.action, request);
    if (request.socket.destroyed) this.#core.log.append({ kind: 'lost', ...view, handled: true });
    else send(response, outcome);
  }

  #injected(view: RequestView, action: AnswerAction, request: IncomingMessage): Outcome {
    request.resume();
    return { ...injectedAnswer(action), route: this.#find(view)?.route.path ?? view.path, earned: false };
  }

  async #outcome(view: RequestView, request: IncomingMessage, url: URL): Promise<Outcome> {
    const found = this.#find(view);
    const route = found?.route.path ?? view.path;
    let verdict: Verdict = { headers: {} };
    let received: unknown;
    try {
      if (!found) throw refusals.unknownRoute();
      if (found.route.auth === 'bot') this.#authenticate(request);
      verdict = this.#limit(found);
      if (verdict.retryAfter !== undefined) {
        request.resume();
        return { ...rateLimited(verdict), headers: verdict.headers, route, earned: true };
      }
      const { json, files } = await readBody(request, this.#core.nextId);
      received = json;
      const { method } = view;
      const answer = await found.route.handle(this.#core, {
        method,
        params: found.params,
        query: url.searchParams,
        body: json,
        files,
      });
      return { ...answer, headers: verdict.headers, route, received, earned: true };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return {
        status: error.status,
        body: error.toBody(),
        headers: verdict.headers,
        route,
        received,
        error,
        earned: true,
      };
    }
  }

  #find({ method, path }: RequestView): Found | undefined {
    for (const route of this.#routes) {
      if (route.method !== method) continue;
      const params = matchPath(route.path, path);
      if (params) return { route, params };
    }
    return undefined;
  }

  #authenticate(request: IncomingMessage): void {
    if (request.headers.authorization !== `Bot ${this.#core.token}`) throw refusals.unauthorized();
  }

  #limit({ route, params }: Found): Verdict {
    if (route.limit === 'exempt') return { headers: {} };
    const resource = ['channel', 'guild', 'token'].flatMap((name) => params.find(name) ?? []).join('/');
    return this.#limits.take({
      bucket: `${route.method} ${route.path}`,
      resource,
      allowance: route.limit,
      global: route.auth === 'bot',
    });
  }

  #record({ method, path }: RequestView, outcome: Outcome): void {
    const { status, error, route, received, earned } = outcome;
    this.counters.requests += 1;
    if (status === 429 && earned) this.counters.rateLimited += 1;
    if ([401, 403, 429].includes(status)) this.counters.invalid += 1;
    this.#core.log.append({
      kind: 'request',
      method,
      path,
      route,
      status,
      earned,
      ...(error ? { code: error.code } : {}),
      ...(received === undefined ? {} : { body: received }),
    });
    if (!error || !isMistake(error)) return;
    const refusal: Refusal = {
      kind: 'refusal',
      method,
      path,
      status,
      code: error.code,
      message: error.message,
      complaints: error.complaints,
    };
    this.refused.push(refusal);
    this.#core.log.append(refusal);
  }
}

/** A body or request that no bot should send, in contrast to what the world made impossible (a channel that is gone). */
function isMistake({ status, code }: ApiError): boolean {
  return status === 400 || status === 405 || status === 413 || (status === 404 && code === 0);
}

/** Does to a request what the fault wants. */
async function befall(
  fault: Fault,
  action: Exclude<FaultAction, AnswerAction>,
  request: IncomingMessage,
): Promise<void> {
  if (action.do === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const gone = new Promise<void>((resolve) => request.socket.once('close', () => resolve()));
  const over = action.do === 'hold' ? fault.hold() : elapsed(action.milliseconds);
  await Promise.race([over, gone]);
}

function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function injectedAnswer({ status, code, message, retryAfter = 1, global = false }: AnswerAction) {
  if (status === 429) {
    return {
      ...rateLimited({ headers: {}, retryAfter, scope: global ? 'global' : 'user' }),
      headers: {
        'retry-after': String(Math.ceil(retryAfter)),
        'x-ratelimit-scope': global ? 'global' : 'user',
        ...(global ? { 'x-ratelimit-global': 'true' } : {}),
      },
    };
  }
  return { status, headers: {}, body: { message: message ?? `${status}: injected`, code: code ?? 0 } };
}

function rateLimited({ retryAfter = 0, scope }: Verdict): ApiAnswer {
  return {
    status: 429,
    body: {
      message: 'You are being rate limited.',
      code: 0,
      retry_after: retryAfter,
      global: scope === 'global',
    },
  };
}

function send(response: ServerResponse, { status, body, headers }: Outcome): void {
  if (body === undefined) {
    response.writeHead(status, { ...headers }).end();
    return;
  }
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** `/api/v10/users/%40me` is `/users/@me`. */
function apiPath(url: URL): string {
  const path = url.pathname.replace(/^\/api(\/v\d+)?(?=\/|$)/, '');
  try {
    return decodeURIComponent(path) || '/';
  } catch {
    return path;
  }
}
