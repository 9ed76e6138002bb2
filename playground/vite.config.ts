import { join } from 'node:path';
import { defineConfig } from 'vite';

const HERE = import.meta.dirname;

/** How the page becomes what a browser can load; `page/built-page.ts` says where to. */
export default defineConfig({
  root: join(HERE, 'app'),
  publicDir: join(HERE, 'app', 'public'),
  logLevel: 'warn',
  build: {
    target: 'es2024',
    // Small pictures stay files: the page's policy knows no exceptions for them.
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 1_000,
  },
});
