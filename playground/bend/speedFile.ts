import { type Document, isMap, parseDocument } from 'yaml';
import { replaceFile } from '../replaceFile.ts';

/**
 * The configuration file of the playground's bot: somebody's own, with another speed. The bot follows the file, so a
 * change counts at once.
 */
export class SpeedFile {
  readonly path: string;
  readonly #document: Document;
  #factor: number;

  /**
   * Writes the file.
   *
   * @param own what stands in somebody's own configuration; nothing at all, if there is none
   * @throws Error when that is no YAML
   */
  constructor(path: string, factor: number, own = '') {
    this.path = path;
    this.#factor = factor;
    this.#document = parseDocument(own);
    const [mistake] = this.#document.errors;
    if (mistake) throw new Error(`The configuration is no YAML in line ${mistake.linePos?.[0].line}`);
    if (!isMap(this.#document.contents)) this.#document.contents = this.#document.createNode({});
    // Here it is another Discord, and its token comes by the environment.
    this.#document.delete('discord');
    this.factor = factor;
  }

  /** How many times as fast the game goes. */
  get factor(): number {
    return this.#factor;
  }

  set factor(factor: number) {
    if (!isMap(this.#document.get('game'))) this.#document.delete('game');
    this.#document.setIn(['game', 'speed'], factor);
    replaceFile(this.path, `# Written by the playground; changes made here are lost.\n${this.#document}`);
    this.#factor = factor;
  }
}
