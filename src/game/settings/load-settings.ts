import { globSync } from 'node:fs';

/** Makes every setting known that any feature describes: for pages and tests about all of them. */
export async function loadSettings(): Promise<void> {
  const folder = new URL('..', import.meta.url);
  for (const file of globSync('*/settings.ts', { cwd: folder })) await import(new URL(file, folder).href);
}
