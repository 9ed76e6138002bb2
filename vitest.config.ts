import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // The tests run the files as Node runs them in production: no bundler in between.
    experimental: { viteModuleRunner: false },
    // Long enough for a slow machine that does other things too; nothing here is asserted by the clock.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
