import { pathToFileURL } from 'node:url';
import {
  ApplicationCommandRegistries,
  PluginHook,
  RegisterBehavior,
  SapphireClient,
} from '@sapphire/framework';
import '@sapphire/plugin-i18next/register';
import '@sapphire/plugin-subcommands/register';
import { Client, DefaultRestOptions, GatewayIntentBits, Options } from 'discord.js';
import { Agent } from 'undici';
import { JobStore } from '../pieces/job-store.ts';
import { loadStrictly } from '../pieces/loader.ts';
import type { SapphireLogger } from './sapphire-logger.ts';

/** How many connections to Discord there are at once: a burst of answers shares them instead of opening one for each. */
const CONNECTIONS = 64;

export interface ForgelingClientOptions {
  /** Discord's REST base. */
  readonly apiUrl: string;
  readonly logger: SapphireLogger;
  /** The folder with `commands`, `listeners`, `jobs` and so on. */
  readonly piecesDirectory: string;
  /** Further folders of the same kind. */
  readonly morePieces: readonly string[];
  readonly localesDirectory: string;
  /** Waited for before anything is sent to Discord: what Discord is told must be on the disk. */
  readonly beforeRequest: () => Promise<void>;
}

/** Sapphire's client, with its pieces loaded before and apart from the connection to Discord. */
export class ForgelingClient extends SapphireClient {
  constructor(options: ForgelingClientOptions) {
    ApplicationCommandRegistries.setDefaultBehaviorWhenNotIdentical(RegisterBehavior.BulkOverwrite);
    super({
      baseUserDirectory: pathToFileURL(options.piecesDirectory),
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
      allowedMentions: { parse: [] },
      rest: {
        api: options.apiUrl,
        agent: new Agent({ connections: CONNECTIONS }),
        makeRequest: async (url, init) => {
          await options.beforeRequest();
          return DefaultRestOptions.makeRequest(url, init);
        },
      },
      logger: { instance: options.logger },
      loadDefaultErrorListeners: false,
      // Messages are counted and forgotten; there is nothing to look up in them.
      makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
      i18n: {
        defaultLanguageDirectory: options.localesDirectory,
        defaultName: 'en-US',
        fetchLanguage: () => 'en-US',
        i18next: {
          showSupportNotice: false,
          returnObjects: false,
          load: 'currentOnly',
          interpolation: { escapeValue: false },
        },
      },
    });
    this.stores.register(new JobStore());
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

  /** Connects to Discord. The pieces must have been loaded. */
  async connect(token: string): Promise<void> {
    // Not `super.login`: that is Sapphire's, which would load all pieces again.
    await Client.prototype.login.call(this, token);
  }
}
