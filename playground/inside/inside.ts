import { EventEmitter } from 'node:events';
import { z } from 'zod';
import type { Note } from '../../src/ops/inspection/notes.ts';
import type { BotProcess } from '../botProcess.ts';
import { ClientRefusal, type LoopbackDiscord } from '../discord/index.ts';
import type { Bent, InsideState, Inside as InsideView, Trail } from '../page/protocol.ts';
import { DiscordSteps } from './discordSteps.ts';
import type { TrailBuilder } from './trailBuilder.ts';
import { Trails } from './trails.ts';

/** So many stories a page begins with. */
const TRAILS_SHOWN = 50;

/** A story is told no more often than this. */
const TELL_EVERY = 100;

interface InsideEvents {
  /** A story with what is new of it. */
  trail: [Trail];
  inside: [InsideState];
}

const NOT_RUNNING: InsideState = {
  queue: {
    connected: false,
    problem: 'The bot is not running.',
    running: 0,
    ready: 0,
    waiting: 0,
    failed: 0,
  },
  outbox: [],
  deliveries: [],
};

/** Whose work is meant. */
export const whose = z.strictObject({ server: z.string().optional(), person: z.string().optional() });

const finished = z.object({
  kind: z.enum(['craft', 'trip']),
  what: z.string(),
  userId: z.string(),
});

/** The inside of the bot, as it tells of it and as its Discord sees it. */
export class Inside extends EventEmitter<InsideEvents> {
  readonly #discord: LoopbackDiscord;
  readonly #bot: BotProcess;
  readonly #trails = new Trails();
  readonly #discordSteps: DiscordSteps;
  readonly #telling = new Map<string, NodeJS.Timeout>();
  #state = NOT_RUNNING;

  constructor(discord: LoopbackDiscord, bot: BotProcess) {
    super();
    this.#discord = discord;
    this.#bot = bot;
    this.#discordSteps = new DiscordSteps(discord, this.#trails);
    this.#trails.on('changed', (trail) => this.#tellSoon(trail));
    discord.log.subscribe((entry) => this.#discordSteps.see(entry));
    bot.on('note', (note) => this.#take(note));
    bot.on('died', ({ how }) => this.#ended(`The bot has stopped (${how})`));
    bot.on('stopped', () => this.#ended('The bot was stopped'));
  }

  /** What a page begins with. */
  view(): InsideView {
    return { trails: this.#trails.list(TRAILS_SHOWN), state: this.#state };
  }

  /**
   * Lets what would be ready next be ready now: of a server, of a person, or of all.
   *
   * @throws ClientRefusal when there is nothing; BotIsSilent when the bot does not answer
   */
  async finishNext({ server, person }: z.infer<typeof whose> = {}): Promise<Bent> {
    const only = {
      ...(server === undefined ? {} : { guildId: server }),
      ...(person === undefined ? {} : { userId: person }),
    };
    const next = finished.nullable().parse(await this.#bot.ask({ do: 'finishNext', ...only }));
    if (!next)
      throw new ClientRefusal('Nothing is under way that could finish: start a craft or a trip first');
    const name = this.#discord.directory.users.get(next.userId)?.name ?? 'somebody';
    const what = next.what.replaceAll('_', ' ');
    const words =
      next.kind === 'craft' ? `${name}’s craft (${what}) is ready now` : `${name} is back now (${what})`;
    return { kind: 'bent', words };
  }

  close(): void {
    for (const timer of this.#telling.values()) clearTimeout(timer);
    this.#telling.clear();
  }

  #take(note: Note): void {
    if (note.kind === 'request') this.#discordSteps.note(note);
    else this.#trails.note(note);
    if (note.kind === 'state') this.#become(note);
  }

  #ended(how: string): void {
    this.#trails.botEnded(how);
    this.#become({ ...this.#state, queue: { ...this.#state.queue, ...stopped } });
  }

  #become({ queue, outbox, deliveries }: InsideState): void {
    this.#state = { queue, outbox, deliveries };
    this.emit('inside', this.#state);
  }

  #tellSoon(trail: TrailBuilder): void {
    if (this.#telling.has(trail.id)) return;
    const tell = () => {
      this.#telling.delete(trail.id);
      this.emit('trail', trail.news());
    };
    this.#telling.set(trail.id, setTimeout(tell, TELL_EVERY));
  }
}

const { connected, problem, running } = NOT_RUNNING.queue;
const stopped = { connected, problem, running };
