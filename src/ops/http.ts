import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { describe } from '../world/errors.ts';

/** What `/health` says. */
export interface Health {
  readonly discord: boolean;
  readonly queue: boolean;
  /** What is wrong, for an operator. */
  readonly problems: readonly string[];
}

/**
 * Serves `/health` (200 when all is well, else 503) and `/metrics` on 127.0.0.1.
 *
 * @param port 0 for any free one
 */
export async function serveOperations(
  port: number,
  metrics: Registry,
  health: () => Health,
): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/metrics') {
      metrics.metrics().then(
        (text) => response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
        (error: unknown) => response.writeHead(500).end(`${describe(error)}\n`),
      );
      return;
    }
    if (request.method === 'GET' && request.url === '/health') {
      const now = health();
      const status = now.problems.length === 0 ? 200 : 503;
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(now)}\n`);
      return;
    }
    response.writeHead(404).end();
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  return server;
}

/** Where a server listens. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
