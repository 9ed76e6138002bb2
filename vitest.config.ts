import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { findChromium } from './playground/chromium.ts';

/**
 * What wants a process of its own for each file: it reads other languages, defines an event anew, or listens to its
 * process. The others run one after the other in a few: to read all of the game anew takes longer than most of them.
 */
const ALONE = 'test/{discord,listeners,ops,queue}/**/*.test.ts';
const LOAD = 'test/faults/load.test.ts';
const BROWSER = 'test/browser/**/*.test.ts';

const hasChromium = findChromium() !== undefined;
if (!hasChromium) {
  process.stderr.write(
    'The tests in a browser (test/browser) are left out: there is no Chromium here. Debian has the package chromium; CHROMIUM_PATH names another.\n',
  );
}

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/after-each-file.ts'],
    // The tests run the files as Node runs them in production: no bundler in between, and nothing is mocked.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: ['--import', new URL('bin/quick-imports.js', import.meta.url).href],
    // Much of the time is spent waiting, for processes of the test's own and for what takes its time: twice as many as
    // there are cores.
    maxWorkers: availableParallelism() * 2,
    // Long enough for a slow machine that does other things too; nothing here is asserted by the clock.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [ALONE, LOAD, BROWSER],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: [ALONE], sequence: { groupOrder: 0 } },
      },
      {
        // A thousand orders at once: it gets the machine for itself.
        extends: true,
        test: { name: 'load', include: [LOAD], sequence: { groupOrder: 1 } },
      },
      ...(hasChromium
        ? [
            {
              extends: true as const,
              test: { name: 'browser', include: [BROWSER], sequence: { groupOrder: 2 } },
            },
          ]
        : []),
    ],
  },
});
