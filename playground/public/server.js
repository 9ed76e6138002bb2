/** What a person would be told when something they did was not possible. */
export class Refused extends Error {}

/** The bot did not answer. */
export class Unanswered extends Error {}

/** Reads from the page's server. */
export async function ask(what, query) {
  return read(await fetch(`/play/${what}?${new URLSearchParams(query)}`));
}

/** Does something as a person in a channel. */
export async function tell(what, body) {
  const headers = { 'content-type': 'application/json' };
  return read(await fetch(`/play/${what}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function read(response) {
  if (!response.ok) throw new Error(`The playground has answered ${response.status}`);
  const body = await response.json();
  if (body.refused !== undefined) throw new Refused(body.refused);
  if (body.unanswered !== undefined) throw new Unanswered(body.unanswered);
  return body;
}

/** Listens to what happens, as one person. Calls `again` whenever the connection is back after it was lost. */
export function listen(person, handlers, again) {
  const source = new EventSource(`/play/events?${new URLSearchParams({ as: person })}`);
  let lost = false;
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  source.addEventListener('error', () => {
    lost = true;
    handlers.bot({ state: 'down', words: 'The playground does not answer' });
  });
  source.addEventListener('open', () => {
    if (lost) again();
    lost = false;
  });
  return () => source.close();
}
