import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Core } from '../core.ts';
import type { Api } from '../rest/api.ts';
import { sendFile } from './attachments.ts';
import { isOwn } from './guard.ts';

/** Answers what is neither Discord's REST nor its files: the playground's page. */
export type PageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => void | Promise<void>;

const ADDRESS = '127.0.0.1';

/** The one HTTP server: REST under `/api`, the gateway at `/gateway`, files, and whatever page is given. */
export class Listener {
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #connections = new Set<Socket>();
  #served: { readonly core: Core; readonly api: Api } | undefined;
  #page: PageHandler = (_request, response) => void response.writeHead(404).end();

  constructor() {
    this.#http = createServer((request, response) => void this.#answer(request, response));
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket as Socket, head)); // A TCP server's.
    this.#http.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    // A bot keeps its connections; closing idle ones would race with its next request.
    this.#http.keepAliveTimeout = 0;
  }

  /** @returns the port; @throws Error when the wanted one is taken (code `EADDRINUSE`) */
  open(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, ADDRESS, () => {
        this.#http.off('error', reject);
        resolve(this.#port);
      });
    });
  }

  /** Says what to serve. */
  serve(core: Core, api: Api): void {
    this.#served = { core, api };
  }

  /** Gives everything else to a page. */
  servePage(page: PageHandler): void {
    this.#page = page;
  }

  /** Cuts all connections and stops listening. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#http.close(() => resolve());
      for (const socket of this.#connections) socket.destroy();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwn(request, this.#port) || !this.#served) {
      response.writeHead(403, { connection: 'close' }).end();
      return;
    }
    try {
      await this.#dispatch(request, response, this.#served);
    } catch (error) {
      // A mistake in here: the bot sees what it would see of a broken Discord, the developer sees why.
      process.emitWarning(error instanceof Error ? error : String(error));
      if (!response.headersSent)
        response.writeHead(500).end(JSON.stringify({ message: 'Internal Server Error', code: 0 }));
    }
  }

  async #dispatch(
    request: IncomingMessage,
    response: ServerResponse,
    { core, api }: { readonly core: Core; readonly api: Api },
  ): Promise<void> {
    const url = new URL(request.url ?? '/', core.url);
    if (url.pathname === '/api' || url.pathname.startsWith('/api/'))
      return api.answer(request, response, url);
    if (!url.pathname.startsWith('/attachments/')) return this.#page(request, response, url);
    const [, , , fileId = ''] = url.pathname.split('/');
    return sendFile(response, core.directory.files.get(fileId));
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    const served = this.#served;
    const wanted = new URL(request.url ?? '/', 'http://gateway').pathname.replace(/\/$/, '') === '/gateway';
    if (!served || !wanted || !isOwn(request, this.#port)) {
      refuse(socket, '403 Forbidden');
      return;
    }
    if (served.core.gateway.refusing) {
      served.core.log.append({ kind: 'gateway', what: 'refused' });
      refuse(socket, '503 Service Unavailable');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => served.core.gateway.accept(opened));
  }

  get #port(): number {
    const address = this.#http.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
    return address.port;
  }
}

function refuse(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
