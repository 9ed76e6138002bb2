import { pathToFileURL } from 'node:url';
import type { AsyncPreloadResult, LoaderStrategy, ModuleData, Piece, StoreRegistry } from '@sapphire/pieces';

/**
 * Sapphire imports a file anew for each load, under an address that never was before: for Node it would be another module,
 * with state of its own, read, compiled and kept again. Here a file is one module, whoever imports it.
 */
function importOnce({ path }: ModuleData): AsyncPreloadResult<Piece> {
  return import(pathToFileURL(path).href);
}

/**
 * Makes every store find TypeScript pieces (Node runs them as they are, which Sapphire cannot know), and makes a piece
 * that doesn't load an error: a bot that lacks a command or a job without saying so is worse than one that doesn't
 * start. Call after the stores were registered and before they load.
 */
export function loadStrictly(stores: StoreRegistry): void {
  for (const store of stores.values()) {
    // Each store has a strategy of its own, all of them made from Sapphire's.
    const strategy = store.strategy as unknown as LoaderStrategy<Piece>;
    strategy.supportedExtensions = ['.ts'];
    strategy.preload = importOnce;
    strategy.onError = (error, path) => {
      throw new Error(`The piece ${path} cannot be loaded: ${error.message}`, { cause: error });
    };
  }
}
