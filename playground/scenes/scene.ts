/**
 * A scene: who does what, and what must be seen. The page plays it as a tour, the browser tests play it to the end, and
 * the README's pictures are taken while it plays; so these three never disagree.
 */
export interface Scene {
  /** What it is called in addresses: `first-craft`. */
  readonly name: string;
  readonly title: string;
  /** One sentence for who chooses among the scenes. */
  readonly summary: string;
  /** The server that is opened for it, so that every playing begins from nothing; called like no other. */
  readonly server: string;
  /** Names of people: the first owns the server. Who is not there yet comes. */
  readonly cast: readonly [string, ...string[]];
  /** Channels that the server has besides #general. */
  readonly channels: readonly string[];
  readonly steps: readonly Step[];
}

/** One step of a scene. */
export type Step =
  /** Says what is going on. */
  | { readonly do: 'tell'; readonly words: string }
  /** Goes on as somebody, in a channel. */
  | { readonly do: 'be'; readonly who: string; readonly where: string }
  /** Types a command; what is typed for an option is completed as a person would. */
  | { readonly do: 'command'; readonly text: string; readonly options: Readonly<Record<string, string>> }
  /** Presses the newest button with this label. */
  | { readonly do: 'press'; readonly label: string }
  /** Chooses in the newest select that offers this. */
  | { readonly do: 'choose'; readonly option: string }
  /** Waits until a message with these words is seen; each message is seen once. */
  | { readonly do: 'see'; readonly words: string }
  /** How fast the game goes from here on; after the scene it goes as before. */
  | { readonly do: 'speed'; readonly factor: number }
  /** Ends the next craft now, or takes the bot away without a warning. */
  | { readonly do: 'bend'; readonly what: 'finish' | 'killBot' | 'stopPostgres' }
  /** Waits until the bot is there, or is not. */
  | { readonly do: 'await'; readonly bot: 'ready' | 'away' }
  /** Shows a panel at the right, or none. */
  | { readonly do: 'panel'; readonly panel: 'people' | 'inside' | 'world' | null }
  /** A moment worth a picture. */
  | { readonly do: 'picture'; readonly name: string };

export const tell = (words: string): Step => ({ do: 'tell', words });
export const be = (who: string, where: string): Step => ({ do: 'be', who, where });
export const command = (text: string, options: Readonly<Record<string, string>> = {}): Step => ({
  do: 'command',
  text,
  options,
});
export const press = (label: string): Step => ({ do: 'press', label });
export const choose = (option: string): Step => ({ do: 'choose', option });
export const see = (words: string): Step => ({ do: 'see', words });
export const speed = (factor: number): Step => ({ do: 'speed', factor });
export const bend = (what: 'finish' | 'killBot' | 'stopPostgres'): Step => ({ do: 'bend', what });
export const waitForBot = (bot: 'ready' | 'away'): Step => ({ do: 'await', bot });
export const panel = (shown: 'people' | 'inside' | 'world' | null): Step => ({ do: 'panel', panel: shown });
export const picture = (name: string): Step => ({ do: 'picture', name });
