/** What the page's address begins with: the first line that holds it must be the one that announces it. */
const ADDRESS = 'http://127.0.0.1';

/** Writes to the terminal; until the page is announced, lines with another local address are kept back. */
export class Terminal {
  readonly #write: (text: string) => void;
  #keptBack: string[] | undefined = [];

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** A line of the playground's own. */
  say(line: string): void {
    this.#put(line);
  }

  /** A line of the bot's. */
  bot(line: string): void {
    this.#put(`bot | ${line}`);
  }

  /** The page can be opened. */
  announce(url: string): void {
    this.#write(`The playground is open: ${url}\n`);
    for (const line of this.#keptBack ?? []) this.#write(`${line}\n`);
    this.#keptBack = undefined;
  }

  #put(line: string): void {
    if (this.#keptBack && line.includes(ADDRESS)) this.#keptBack.push(line);
    else this.#write(`${line}\n`);
  }
}
