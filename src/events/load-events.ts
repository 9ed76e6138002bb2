import { readdirSync } from 'node:fs';

/** Makes every event known by its name (`findEventDefinition`): for content that names events of any kind. */
export async function loadEvents(): Promise<void> {
  const folder = new URL('.', import.meta.url);
  for (const file of readdirSync(folder)) await import(new URL(file, folder).href);
}
