import type { LoaderStrategy, Piece, StoreRegistry } from '@sapphire/pieces';

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
    strategy.onError = (error, path) => {
      throw new Error(`The piece ${path} cannot be loaded: ${error.message}`, { cause: error });
    };
  }
}
