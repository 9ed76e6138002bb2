import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Bending } from '../bend/bending.ts';
import { BotIsSilent } from '../botProcess.ts';
import {
  ApiError,
  ClientRefusal,
  type InteractionHandle,
  type LoopbackDiscord,
  NoResponse,
} from '../discord/index.ts';
import { type Inside, whose } from '../inside/inside.ts';
import { sendAsset } from './assets.ts';
import { Changes, missing } from './changes.ts';
import { Events } from './events.ts';
import type { BendingView, BotView, WorldView } from './protocol.ts';
import { type Deed, deeds } from './requests.ts';
import { messageView, worldView } from './view.ts';

/** So many forms stay open: people close them without a word. */
export const MOST_FORMS = 100;

const MOST_BYTES = 64 * 1024;
/** Of all files that come with one deed; in JSON they are a third longer. */
const MOST_FILE_BYTES = 8 * 1024 * 1024;
const WITH_FILES: readonly string[] = ['say', 'command', 'autocomplete', 'submit'];

/** What whoever meets a mistake of the playground is told. */
const MISTAKE = 'Something went wrong in the playground itself; its terminal shows what';

/** What is seen of a bot that shows nothing of its inside. */
const EMPTY = {
  trails: [],
  state: {
    queue: { connected: false, problem: null, running: 0, ready: 0, waiting: 0, failed: 0 },
    outbox: [],
    deliveries: [],
  },
} as const;

/** Of a page whose bot is not the playground's own. */
const STRAIGHT = { speed: 1, speeds: [], faults: [], postgres: 'given' } as const;

/** The page of the playground: its files, what it shows, and what a person does on it. */
export class Page {
  readonly #discord: LoopbackDiscord;
  readonly #events: Events;
  /** Interactions whose answer was a form that somebody may still send. */
  readonly #forms = new Map<string, InteractionHandle>();
  readonly #changes: Changes;
  readonly #bending: Bending | undefined;
  #inside: Inside | undefined;
  #bot: BotView = { state: 'starting', words: 'The bot is starting' };

  /** @param bending what can be done to the world around the bot; nothing, where it is left away */
  constructor(discord: LoopbackDiscord, bending?: Bending) {
    this.#discord = discord;
    this.#events = new Events(discord);
    this.#changes = new Changes(discord);
    this.#bending = bending;
    bending?.on('changed', () => this.#tellBending());
    // Whether the bot may write somewhere is a fault too.
    discord.log.subscribe(({ kind }) => kind === 'place' && this.#tellBending());
  }

  /** Shows the inside of the bot from now on. */
  follow(inside: Inside): void {
    this.#inside = inside;
    inside.on('trail', (trail) => this.#events.broadcast('trail', trail));
    inside.on('inside', (state) => this.#events.broadcast('inside', state));
  }

  /** Tells the open pages how the bot is. */
  botState(state: BotView['state'], words: string): void {
    this.#bot = { state, words };
    this.#events.broadcast('bot', this.#bot);
    this.#tellBending();
  }

  /** Lets the open pages load themselves anew: there is another one. */
  reload(): void {
    this.#events.broadcast('page', {});
  }

  close(): void {
    this.#events.close();
  }

  /** Answers what is not Discord's. */
  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (!url.pathname.startsWith('/play/')) return sendAsset(response, url.pathname);
    const what = url.pathname.slice('/play/'.length);
    if (request.method === 'GET' && what === 'events') {
      this.#events.open(response, url.searchParams.get('as') ?? '');
      return;
    }
    try {
      const body =
        request.method === 'GET'
          ? this.#show(what, url)
          : await this.#do(what, await readJson(request, mostBytes(what)));
      sendJson(response, body === undefined ? 404 : 200, body ?? {});
    } catch (error) {
      const words = wordsFor(error);
      // Not an error of HTTP's, which browsers would log: the page has words for it.
      if (words !== undefined)
        sendJson(response, 200, { [error instanceof NoResponse ? 'unanswered' : 'refused']: words });
      else {
        process.emitWarning(error instanceof Error ? error : String(error));
        sendJson(response, 500, { refused: MISTAKE });
      }
    }
  }

  #show(what: string, { searchParams }: URL): unknown {
    const userId = searchParams.get('as') ?? '';
    if (what === 'world') return this.#world(userId);
    if (what === 'inside') return this.#inside?.view() ?? EMPTY;
    if (what !== 'channel') return undefined;
    const seat = this.#seat({ as: userId, channel: searchParams.get('in') ?? '' });
    return {
      commands: seat.commands,
      messages: seat.messages.map((message) => messageView(this.#discord, message, userId)),
    };
  }

  #world(userId: string): WorldView {
    return worldView(this.#discord, userId, { bot: this.#bot, bending: this.#bendingView });
  }

  get #bendingView(): BendingView {
    const { state } = this.#bot;
    return this.#bending?.view(state) ?? { ...STRAIGHT, bot: state };
  }

  #tellBending(): void {
    if (this.#bending) this.#events.broadcast('bending', this.#bendingView);
  }

  #do(what: string, body: unknown): Promise<unknown> | unknown {
    if (what === 'bend/finish') return this.#inside?.finishNext(whose.parse(body));
    const [group, deed = ''] = what.split('/');
    if (group === 'bend') return this.#bending?.do(deed, body);
    if (group === 'change') return this.#changes.do(deed, body);
    switch (what) {
      case 'say':
        return this.#say(deeds.say.parse(body));
      case 'react':
        return this.#react(deeds.react.parse(body));
      case 'command': {
        const { command, options, ...place } = deeds.command.parse(body);
        return this.#outcome(this.#seat(place).command(command, options));
      }
      case 'autocomplete': {
        const { command, option, typed, options, ...place } = deeds.autocomplete.parse(body);
        return this.#outcome(this.#seat(place).autocomplete(command, option, typed, options));
      }
      case 'press': {
        const { message, customId, ...place } = deeds.press.parse(body);
        return this.#outcome(this.#seat(place).press(message, customId));
      }
      case 'select': {
        const { message, customId, values, ...place } = deeds.select.parse(body);
        return this.#outcome(this.#seat(place).select(message, customId, values));
      }
      case 'submit':
        return this.#submit(deeds.submit.parse(body));
      default:
        return undefined;
    }
  }

  #say({ content, files, ...place }: Deed<'say'>): unknown {
    return { kind: 'said', messageId: this.#seat(place).say(content, { files }).id };
  }

  #react({ message, emoji, remove, ...place }: Deed<'react'>): unknown {
    const seat = this.#seat(place);
    if (remove) seat.unreact(message, emoji);
    else seat.react(message, emoji);
    return { kind: 'reacted' };
  }

  /** A form is sent once; where the bot leaves it unanswered, it is open again. */
  async #submit({ interaction, values, ...place }: Deed<'submit'>): Promise<unknown> {
    const form = this.#forms.get(interaction);
    if (!form) throw new ClientRefusal('This form is no longer open');
    const deed = this.#seat(place).submit(form, values);
    this.#forms.delete(interaction);
    try {
      return await this.#outcome(deed);
    } catch (error) {
      if (error instanceof NoResponse) this.#keepOpen(form);
      throw error;
    }
  }

  /** The bot's first answer; its messages come as events. */
  async #outcome(deed: InteractionHandle): Promise<unknown> {
    const answer = await deed.answered;
    if (answer.kind === 'modal') this.#keepOpen(deed);
    return { ...answer, interactionId: deed.id };
  }

  #keepOpen(form: InteractionHandle): void {
    this.#forms.set(form.id, form);
    const [oldest] = this.#forms.keys();
    if (this.#forms.size > MOST_FORMS && oldest !== undefined) this.#forms.delete(oldest);
  }

  #seat({ as, channel }: { readonly as: string; readonly channel: string }) {
    const { users, channels } = this.#discord.directory;
    if (!users.has(as)) missing('person');
    if (!channels.has(channel)) missing('channel');
    return this.#discord.as(as, channel);
  }
}

function mostBytes(what: string): number {
  return MOST_BYTES + (WITH_FILES.includes(what) ? Math.ceil(MOST_FILE_BYTES / 3) * 4 : 0);
}

/** What is too long is read to its end all the same, so that its sender hears why it is not taken. */
async function readJson(request: IncomingMessage, most: number): Promise<unknown> {
  if (!request.headers['content-type']?.startsWith('application/json'))
    throw new ClientRefusal('Only JSON is taken here');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= most) chunks.push(bytes);
  }
  if (length > most && most > MOST_BYTES)
    throw new ClientRefusal(`All files together have ${MOST_FILE_BYTES / 1024 / 1024} MiB at the most`);
  if (length > most) throw new ClientRefusal('That is too much at once');
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new ClientRefusal('That is no JSON');
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

/** What to tell whoever asked for what was not possible; undefined for a mistake of the playground. */
function wordsFor(error: unknown): string | undefined {
  if (error instanceof ClientRefusal || error instanceof NoResponse || error instanceof BotIsSilent)
    return error.message;
  if (error instanceof ApiError)
    return [error.message, ...error.complaints.map(({ message }) => message)].join(': ');
  if (error instanceof z.ZodError) return 'The page has sent something that makes no sense';
  return undefined;
}
