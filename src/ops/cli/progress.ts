/** How far a long piece of work has come: a line that is written over on a terminal, and nothing anywhere else. */
export class Progress {
  readonly #source: { readonly bytesRead: number };
  readonly #size: number;
  #shown = '';

  /** @param size how many bytes are to be read */
  constructor(source: { readonly bytesRead: number }, size: number) {
    this.#source = source;
    this.#size = size;
  }

  readonly tell = (rows: number): void => {
    const percent = this.#size === 0 ? 100 : Math.floor((100 * this.#source.bytesRead) / this.#size);
    const shown = `${percent} % read, ${rows} rows`;
    if (!process.stderr.isTTY || rows % 1_000 !== 0 || shown === this.#shown) return;
    this.#shown = shown;
    process.stderr.write(`\r${shown}`);
  };

  end(): void {
    if (this.#shown !== '') process.stderr.write('\n');
  }
}
