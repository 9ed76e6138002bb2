import type { IncomingMessage } from 'node:http';

/** The names under which a server on this machine is rightly addressed. */
const NAMES = ['127.0.0.1', 'localhost'];

/**
 * Whether a request comes from this machine's own programs or pages. A foreign page that reaches this port brings its
 * own `Origin`, or, by rebinding a name of its own, its own `Host`.
 *
 * @param port the port that is listened on
 */
export function isOwn(request: IncomingMessage, port: number): boolean {
  const { host, origin } = request.headers;
  const hosts = NAMES.map((name) => `${name}:${port}`);
  if (host === undefined || !hosts.includes(host)) return false;
  if (request.headers['sec-fetch-site'] === 'cross-site') return isNavigation(request);
  return origin === undefined || hosts.some((own) => origin === `http://${own}`);
}

/** Following a link from elsewhere to the page is fine: nothing is changed and nothing is told to the other page. */
function isNavigation({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers.origin === undefined;
}
