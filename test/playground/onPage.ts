import { buildAnvil } from '../../playground/anvil.ts';
import { BotProcess } from '../../playground/botProcess.ts';
import { LoopbackDiscord, type LoopbackOptions } from '../../playground/discord/index.ts';
import { Inside } from '../../playground/inside/inside.ts';
import { Page } from '../../playground/page/page.ts';
import type {
  ChannelContents,
  ChannelView,
  Refused,
  ServerView,
  WorldView,
} from '../../playground/page/protocol.ts';
import type { Note } from '../../src/ops/inspection/notes.ts';

/** The playground's Discord with its page, as a browser reaches it; no bot is logged in yet. */
export async function openPage(options: LoopbackOptions = {}) {
  const discord = await LoopbackDiscord.start(options);
  const anvil = buildAnvil(discord);
  const page = new Page(discord);
  discord.servePage((request, response, url) => page.answer(request, response, url));
  const close = async () => {
    page.close();
    await discord.stop();
  };
  return { discord, anvil, page, close, ...visit(discord.url) };
}

/** The same, with a bot that is never started: a test tells of its inside in its place. */
export async function openPageWithInside() {
  const opened = await openPage();
  const bot = new BotProcess({ args: [], directory: '.', environment: {} });
  const inside = new Inside(opened.discord, bot);
  opened.page.follow(inside);
  const tellInside = (note: Note) => bot.emit('note', note);
  const close = async () => {
    inside.close();
    await opened.close();
  };
  return { ...opened, tellInside, close };
}

/** What a browser does on a page of the playground. */
export function visit(url: string) {
  const ask = async (path: string): Promise<unknown> => (await fetch(`${url}/play/${path}`)).json();
  const tell = async (what: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${url}/play/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  // What the page's server answers has these types; the tests look whether it keeps to them.
  const world = async (as: string) => (await ask(`world?as=${as}`)) as WorldView;
  const contents = async (as: string, channel: string) =>
    (await ask(`channel?as=${as}&in=${channel}`)) as ChannelContents & Partial<Refused>; // As above.
  const change = async (what: string, body: object) =>
    (await tell(`change/${what}`, body)) as Readonly<Record<string, string>>; // As above.
  const listen = (as: string) => EventStream.open(`${url}/play/events?as=${as}`);
  return { ask, tell, world, contents, change, listen };
}

/** What a page hears, as it came. */
export class EventStream {
  readonly #reader: ReadableStreamDefaultReader<string> | undefined;
  readonly #ending: AbortController;
  #heard = '';

  private constructor(reader: ReadableStreamDefaultReader<string> | undefined, ending: AbortController) {
    this.#reader = reader;
    this.#ending = ending;
  }

  static async open(address: string): Promise<EventStream> {
    const ending = new AbortController();
    const answer = await fetch(address, { signal: ending.signal });
    return new EventStream(answer.body?.pipeThrough(new TextDecoderStream()).getReader(), ending);
  }

  /** Waits until these words were heard. @returns all that was */
  async until(words: string): Promise<string> {
    while (!this.#heard.includes(words)) this.#heard += (await this.#reader?.read())?.value ?? '';
    return this.#heard;
  }

  end(): void {
    this.#ending.abort();
  }
}

/** A server of a world, by its name. */
export function serverCalled({ servers }: WorldView, name: string): ServerView {
  const server = servers.find((candidate) => candidate.name === name);
  if (!server)
    throw new Error(`there is no server ${name} among ${servers.map(({ name: n }) => n).join(', ')}`);
  return server;
}

/** A channel of a server, by its name. */
export function channelCalled({ channels }: ServerView, name: string): ChannelView {
  const channel = channels.find((candidate) => candidate.name === name);
  if (!channel) throw new Error(`there is no #${name} among ${channels.map(({ name: n }) => n).join(', ')}`);
  return channel;
}
