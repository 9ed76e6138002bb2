import { changesBetween } from './changes.ts';
import { ConfigError, type ConfigFile, configFile, parseConfig, readText } from './load.ts';
import type { Reload } from './reload.ts';
import { type Config, SETTINGS } from './schema.ts';
import { valueAt, withValueAt } from './settings.ts';

/**
 * The configuration in force. It is replaced as a whole, between two moments in which anybody reads it, or not at all.
 */
export class LiveConfig {
  readonly file: ConfigFile;
  readonly #environment: NodeJS.ProcessEnv;
  /** What the bot was started with: what isn't live stays as it is here. */
  readonly #started: Config;
  #current: Config;
  /** What was read last and could be used: the same, but for what waits for the next start. */
  #latest: Config;
  #text: string | undefined;

  /** @throws ConfigError when the configuration cannot be used */
  constructor(environment: NodeJS.ProcessEnv = process.env) {
    this.#environment = environment;
    this.file = configFile(environment);
    this.#text = readText(this.file);
    this.#started = this.#parse(this.#text);
    this.#current = this.#started;
    this.#latest = this.#started;
  }

  get current(): Config {
    return this.#current;
  }

  /**
   * Looks at the file again. What cannot be used is refused, and what is in force stays; so it does where the file is
   * gone or empty, as it is for a moment while somebody replaces it.
   */
  reload(): Reload {
    try {
      const text = readText({ ...this.file, isNamed: false });
      if (text === this.#text) return { kind: 'same' };
      this.#text = text;
      if (!text) throw new ConfigError(`${this.file.path}: the file is ${text === '' ? 'empty' : 'gone'}.`);
      return this.#take(this.#parse(text));
    } catch (error) {
      if (error instanceof ConfigError) return { kind: 'refused', reason: error.message };
      throw error;
    }
  }

  #parse(text: string | undefined): Config {
    return parseConfig(this.#environment, this.file, text).config;
  }

  #take(config: Config): Reload {
    const changes = changesBetween(this.#latest, config);
    this.#latest = config;
    this.#current = withOnlyLive(this.#started, config);
    return { kind: 'taken', changes };
  }
}

/** One configuration, with what is live from another. */
function withOnlyLive(started: Config, latest: Config): Config {
  return SETTINGS.filter(({ live }) => live).reduce<unknown>(
    (config, { path }) => withValueAt(config, path, valueAt(latest, path)),
    started,
    // Made of the values of two configurations, each in its place.
  ) as Config;
}
