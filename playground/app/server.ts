import type {
  BendRequests,
  Bent,
  Changed,
  ChangeRequests,
  DeedAnswers,
  DeedRequests,
  PageEvents,
} from '../page/protocol.ts';

/** What a person would be told when something they did was not possible. */
export class Refused extends Error {}

/** The bot did not answer in time. */
export class Unanswered extends Error {}

/** Reads from the page's server. @throws Refused */
export async function ask<Answer>(
  what: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return read(await fetch(`/play/${what}?${new URLSearchParams(query)}`));
}

/** Does something as a person in a channel. @throws Refused, Unanswered */
export function tell<Name extends keyof DeedRequests>(
  what: Name,
  body: DeedRequests[Name],
): Promise<DeedAnswers[Name]> {
  return send(what, body);
}

/** Changes who and what is there. @throws Refused */
export function change<Name extends keyof ChangeRequests>(
  what: Name,
  body: ChangeRequests[Name],
): Promise<Changed> {
  return send(`change/${what}`, body);
}

/** Bends the world around the bot. @throws Refused */
export function bend<Name extends keyof BendRequests>(what: Name, body: BendRequests[Name]): Promise<Bent> {
  return send(`bend/${what}`, body);
}

async function send<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return read(await fetch(`/play/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function read<Answer>(response: Response): Promise<Answer> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  if (!response.ok && !isJson) throw new Error(`The playground has answered ${response.status}`);
  const body = (await response.json()) as Answer & { refused?: string; unanswered?: string };
  if (body.refused !== undefined) throw new Refused(body.refused);
  if (body.unanswered !== undefined) throw new Unanswered(body.unanswered);
  if (!response.ok) throw new Error(`The playground has answered ${response.status}`);
  return body;
}

/** What to do about each kind of news. */
export type Handlers = { readonly [Name in keyof PageEvents]: (data: PageEvents[Name]) => void };

/**
 * Listens to what happens, as one person.
 *
 * @param lost called when the connection is lost
 * @param again called when it is back
 * @returns how to stop, and a promise of when what happens is heard (or cannot be, for now)
 */
export function listen(person: string, handlers: Handlers, lost: () => void, again: () => void) {
  const source = new EventSource(`/play/events?${new URLSearchParams({ as: person })}`);
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  let isLost = false;
  for (const [name, handle] of Object.entries(handlers))
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    isLost = true;
    lost();
    resolve();
  });
  source.addEventListener('open', () => {
    if (isLost) again();
    isLost = false;
    resolve();
  });
  const stop = () => {
    source.close();
    resolve();
  };
  return { stop, opened };
}

/** What went wrong, in words. */
export function wordsFor(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
