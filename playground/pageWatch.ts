import { join } from 'node:path';
import { FileWatch, type FileWatchOptions } from '../src/ops/file-watch.ts';
import { builtPage, forgetBuiltPage } from './page/built-page.ts';

/** What the page is made of, as far as somebody changes it while it is open. */
const SOURCES = ['playground/app', 'playground/scenes', 'playground/page/protocol.ts'];

/**
 * Builds the page anew when something that it is made of changes.
 *
 * @param onBuilt called when there is another page to load
 * @param onTrouble gets why it could not be built; the page from before stays
 * @returns how to stop
 */
export function watchPage(
  root: string,
  onBuilt: () => void,
  onTrouble: (error: unknown) => void,
  options: FileWatchOptions = {},
): FileWatch {
  let current: string | undefined;
  const rebuild = async () => {
    forgetBuiltPage();
    const folder = await builtPage();
    if (folder !== current) onBuilt();
    current = folder;
  };
  builtPage().then((folder) => {
    current ??= folder;
  }, onTrouble);
  const paths = SOURCES.map((name) => join(root, name));
  return new FileWatch(paths, rebuild, onTrouble, options);
}
