import { EventEmitter } from 'node:events';
import type { BotProcess } from '../botProcess.ts';
import { ClientRefusal, type LoopbackDiscord } from '../discord/index.ts';
import type { BendingView, Bent, BotView } from '../page/protocol.ts';
import { bends } from '../page/requests.ts';
import { DiscordFaults } from './discordFaults.ts';
import type { OwnPostgres } from './ownPostgres.ts';
import type { SpeedFile } from './speedFile.ts';

const SPEEDS: readonly number[] = [1, 60, 3_600];

/** What the bot stands on, all of which can be taken away. */
export interface Ground {
  readonly discord: LoopbackDiscord;
  readonly bot: BotProcess;
  readonly speed: SpeedFile;
  readonly postgres: OwnPostgres;
}

/** Bends the world around the bot, so that each promise can be seen being kept. */
export class Bending extends EventEmitter<{ changed: [] }> {
  readonly #ground: Ground;
  readonly #faults: DiscordFaults;

  constructor(ground: Ground) {
    super();
    this.#ground = ground;
    this.#faults = new DiscordFaults(ground.discord);
    ground.postgres.on('changed', () => this.emit('changed'));
  }

  /** How bent it is. */
  view(bot: BotView['state']): BendingView {
    const { speed, postgres } = this.#ground;
    return { speed: speed.factor, speeds: SPEEDS, faults: this.#faults.view, postgres: postgres.state, bot };
  }

  /**
   * Does what `POST /play/bend/…` asks for.
   *
   * @returns a sentence about what will be seen of it; undefined when there is no such thing
   * @throws ClientRefusal when it is not possible now; ZodError when the body makes no sense
   */
  async do(what: string, body: unknown): Promise<Bent | undefined> {
    const words = await this.#do(what, body);
    if (words === undefined) return undefined;
    this.emit('changed');
    return { kind: 'bent', words };
  }

  #do(what: string, body: unknown): Promise<string> | string | undefined {
    const { bot, discord } = this.#ground;
    switch (what) {
      case 'speed':
        return this.#setSpeed(bends.speed.parse(body).factor);
      case 'fault': {
        const { on, ...fault } = bends.fault.parse(body);
        return this.#faults.set(fault, on) ?? refuse('The bot is in no such channel');
      }
      case 'dropGateway':
        if (!discord.connected) return refuse('The bot is not connected');
        discord.dropGateway({ code: 'abort' });
        return 'The connection was cut: the bot is back within a moment, and misses nothing';
      case 'stopPostgres':
        return this.#stopPostgres();
      case 'killBot':
        if (!bot.kill()) return refuse('The bot does not run');
        return 'The bot was killed without a warning: it starts again in a second, and nothing is lost';
      case 'restartBot':
        void bot.restart();
        return 'The bot stops in order and starts again: what becomes due meanwhile counts from when it was due';
      case 'stopBot':
        return this.#stopBot();
      case 'startBot':
        if (bot.running) return refuse('The bot runs already');
        bot.start();
        return 'The bot starts: what has become due meanwhile comes first';
      default:
        return undefined;
    }
  }

  #setSpeed(factor: number): string {
    this.#ground.speed.factor = factor;
    const pace = factor === 1 ? 'at its real pace' : `${factor.toLocaleString('en')} times as fast`;
    return `The game now goes ${pace}; what is under way keeps the time it was promised`;
  }

  #stopBot(): string {
    const { bot } = this.#ground;
    if (!bot.running && !bot.wanted) return refuse('The bot does not run');
    const ends = bot.running ? 'stops in order' : 'is not started again,';
    void bot.halt();
    return `The bot ${ends} and stays away: what becomes due meanwhile counts from when it was due`;
  }

  async #stopPostgres(): Promise<string> {
    const { postgres } = this.#ground;
    if (postgres.state === 'given')
      return refuse('This PostgreSQL is your own (JOBS_DATABASE_URL) and is left alone');
    if (postgres.state === 'stopped') return refuse('PostgreSQL does not run');
    await postgres.stop();
    return 'PostgreSQL was stopped: commands work, jobs wait, and the bot starts it again by itself';
  }
}

function refuse(words: string): never {
  throw new ClientRefusal(words);
}
