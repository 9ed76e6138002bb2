import { join } from 'node:path';
import type { Reload } from '../../config/reload.ts';
import { Catalog, type CatalogSource } from './catalog.ts';
import { changesBetween } from './changes.ts';
import { ContentError, readContentToRun } from './load.ts';
import { type Content, contentSchema } from './schema.ts';

/** What has to happen around the replacement of the content. */
export interface Replacement {
  /** What takes time, before anything is replaced. */
  prepare(): Promise<void>;
  /** What goes together with the new content; where it throws, the old one is in force again. */
  begin(): void;
}

/** The content in force. It is replaced as a whole, between two moments in which anybody reads it, or not at all. */
export class LiveCatalog implements CatalogSource {
  readonly #directory: string;
  #content: Content;
  #current: Catalog;
  #isRefused = false;

  private constructor(directory: string, content: Content) {
    this.#directory = directory;
    this.#content = content;
    this.#current = new Catalog(content);
  }

  /**
   * Reads the content to run on.
   *
   * @param directory the folder with `items.yaml`, `recipes.yaml` and so on
   * @throws ContentError when it cannot be used
   */
  static async open(directory: string): Promise<LiveCatalog> {
    return new LiveCatalog(directory, await readContentToRun(directory));
  }

  get current(): Catalog {
    return this.#current;
  }

  /** The files that the content is read from. */
  get files(): string[] {
    return Object.keys(contentSchema.shape).map((part) => join(this.#directory, `${part}.yaml`));
  }

  /** Reads the files again and takes what they say where a bot could be started on it. */
  async reload({ prepare, begin }: Replacement): Promise<Reload> {
    try {
      const content = await readContentToRun(this.#directory);
      const changes = changesBetween(this.#content, content);
      const isSame = changes.length === 0 && !this.#isRefused;
      this.#isRefused = false;
      if (isSame) return { kind: 'same' };
      await prepare();
      this.#replace(content, begin);
      return { kind: 'taken', changes };
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      this.#isRefused = true;
      return { kind: 'refused', reason: error.message };
    }
  }

  #replace(content: Content, begin: () => void): void {
    const before = this.#current;
    this.#current = new Catalog(content);
    try {
      begin();
    } catch (error) {
      this.#current = before;
      throw error;
    }
    this.#content = content;
  }
}
