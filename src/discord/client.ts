import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  ApplicationCommandRegistries,
  PluginHook,
  RegisterBehavior,
  SapphireClient,
} from '@sapphire/framework';
import '@sapphire/plugin-i18next/register';
import '@sapphire/plugin-subcommands/register';
import { GatewayIntentBits, Options, type ResponseLike } from 'discord.js';
import { Agent } from 'undici';
import { CardStore } from '../pieces/card-store.ts';
import { JobStore } from '../pieces/job-store.ts';
import { loadStrictly } from '../pieces/loader.ts';
import { guardedRequests, type RequestGuard } from './requests.ts';
import type { SapphireLogger } from './sapphire-logger.ts';
import { languageOptions } from './translate.ts';

/** How many connections to Discord there are at once: a burst of answers shares them instead of opening one for each. */
const CONNECTIONS = 64;

/**
 * Discord allows a bot 50 requests a second over all ("Global Rate Limit"). Its second and that of discord.js begin at
 * different times, so one of Discord's can hold the end of one of ours and the beginning of the next: twice this, and
 * what the courier sends (`Pacing`), stay below it. Answers to interactions are exempt.
 */
const REQUESTS_PER_SECOND = 12;

export interface ForgelingClientOptions extends RequestGuard {
  readonly token: string;
  /** Discord's REST base. */
  readonly apiUrl: string;
  readonly logger: SapphireLogger;
  /** The folder with `commands`, `listeners`, `jobs` and so on. */
  readonly piecesDirectory: string;
  /** Further folders of the same kind. */
  readonly morePieces: readonly string[];
  readonly localesDirectory: string;
}

interface GatewayManager {
  connect(): Promise<void>;
  /** The shards; made at the first attempt to connect. */
  _ws: { destroy(): Promise<void> } | null;
}

/** Sapphire's client, with its pieces loaded before and apart from the connection to Discord. */
export class ForgelingClient extends SapphireClient {
  readonly #underWay = new Set<Promise<ResponseLike>>();

  constructor(options: ForgelingClientOptions) {
    ApplicationCommandRegistries.setDefaultBehaviorWhenNotIdentical(RegisterBehavior.BulkOverwrite);
    const makeRequest = guardedRequests(options, () => this.rest.setToken(options.token));
    super({
      baseUserDirectory: pathToFileURL(options.piecesDirectory),
      intents: [
        GatewayIntentBits.Guilds,
        GatewayIntentBits.GuildMessages,
        GatewayIntentBits.GuildMessageReactions,
      ],
      allowedMentions: { parse: [] },
      rest: {
        api: options.apiUrl,
        agent: new Agent({ connections: CONNECTIONS }),
        globalRequestsPerSecond: REQUESTS_PER_SECOND,
        makeRequest: (url, init) => {
          const request = makeRequest(url, init);
          this.#underWay.add(request);
          const isOver = () => this.#underWay.delete(request);
          request.then(isOver, isOver);
          return request;
        },
      },
      logger: { instance: options.logger },
      loadDefaultErrorListeners: false,
      // They would log what a player is refused as an error; `answerSubcommandError` knows better.
      loadSubcommandErrorListeners: false,
      // Messages and reactions are counted and forgotten; there is nothing to look up in them, and no partials are needed:
      // `observeReaction` listens to what comes before the cache.
      makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
      i18n: languageOptions(options.localesDirectory),
    });
    this.stores.register(new JobStore());
    this.stores.register(new CardStore());
    loadStrictly(this.stores);
    for (const directory of [options.piecesDirectory, ...options.morePieces])
      this.stores.registerPath(directory);
  }

  /**
   * Loads every piece, so that jobs and domain listeners work while Discord is away.
   *
   * @throws when a piece doesn't load, or when there are no commands: an empty list would delete them at Discord
   */
  async loadPieces(): Promise<void> {
    for (const { hook } of SapphireClient.plugins.values(PluginHook.PreLogin)) {
      await hook.call(this, this.options);
    }
    for (const store of this.stores.values()) await store.loadAll();
    if (this.stores.get('commands').size === 0)
      throw new Error('No commands were found; the bot would be mute.');
  }

  /**
   * Connects to Discord. The pieces must have been loaded. It may be called again when it failed.
   *
   * Neither Sapphire's `login`, which would load all pieces again, nor discord.js' own: when that fails, it takes the
   * client apart for good, while the shards that it had begun to connect go on by themselves.
   */
  async connect(token: string): Promise<void> {
    this.token = token;
    this.rest.setToken(token);
    // What discord.js keeps to itself, and its own `login` uses.
    const gateway = this.ws as unknown as GatewayManager;
    try {
      await gateway.connect();
    } catch (error) {
      const abandoned = gateway._ws;
      gateway._ws = null;
      await abandoned?.destroy();
      throw error;
    }
  }

  /** Waits until every request to Discord that is under way has been answered, or the time is over. */
  async settleRequests(within: number): Promise<void> {
    const end = Date.now() + within;
    while (this.#underWay.size > 0 && Date.now() < end) {
      await Promise.race([Promise.allSettled(this.#underWay), delay(end - Date.now())]);
    }
  }
}
