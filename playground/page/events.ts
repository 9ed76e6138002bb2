import type { ServerResponse } from 'node:http';
import type { LogEntry, LoopbackDiscord } from '../discord/index.ts';
import { messageView, sees } from './view.ts';

interface Watcher {
  readonly userId: string;
  readonly response: ServerResponse;
}

/** Keeps the connection from being thought dead. */
const PULSE_MS = 20_000;

/** A page that leaves so many bytes unread is let go: it asks anew by itself, and begins with what there is then. */
const MOST_UNREAD = 8 * 1024 * 1024;

/** Server-sent events: what happens, to each open page as far as its person sees it. */
export class Events {
  readonly #discord: LoopbackDiscord;
  readonly #watchers = new Set<Watcher>();
  readonly #pulse: NodeJS.Timeout;

  constructor(discord: LoopbackDiscord) {
    this.#discord = discord;
    discord.log.subscribe((entry) => this.#tell(entry));
    this.#pulse = setInterval(() => this.#pulseAll(), PULSE_MS);
    this.#pulse.unref();
  }

  /** Opens a stream for a page. */
  open(response: ServerResponse, userId: string): void {
    const watcher = { userId, response };
    this.#watchers.add(watcher);
    response.once('close', () => this.#watchers.delete(watcher));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
  }

  /** Tells every open page. */
  broadcast(event: string, data: unknown): void {
    for (const watcher of this.#watchers) this.#send(watcher, event, data);
  }

  close(): void {
    clearInterval(this.#pulse);
    for (const { response } of this.#watchers) response.end();
  }

  #tell(entry: LogEntry): void {
    if (entry.kind === 'commands') this.broadcast('commands', {});
    if (entry.kind === 'place') this.broadcast('places', {});
    if (entry.kind !== 'message') return;
    const { channelId, messageId, what } = entry;
    if (what === 'deleted') {
      this.broadcast('deleted', { channelId, messageId });
      return;
    }
    const channel = this.#discord.directory.channels.get(channelId);
    const message = channel?.messages.get(messageId);
    if (!channel || !message) return;
    for (const watcher of this.#watchers) {
      const { userId } = watcher;
      if (message.visibleTo !== null && message.visibleTo !== userId) continue;
      if (sees(this.#discord, userId, channel))
        this.#send(watcher, 'message', messageView(this.#discord, message, userId, what === 'created'));
    }
  }

  #pulseAll(): void {
    for (const { response } of this.#watchers) response.write(': still here\n\n');
  }

  #send(watcher: Watcher, event: string, data: unknown): void {
    const { response } = watcher;
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (response.writableLength <= MOST_UNREAD) return;
    this.#watchers.delete(watcher);
    response.destroy();
  }
}
