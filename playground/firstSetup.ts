import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Anvil } from './anvil.ts';
import type { LoopbackDiscord } from './discord/index.ts';

/**
 * Does once what a server's admin would do first: says where announcements go. A file in the data directory remembers
 * it, so that what somebody changes later stays.
 *
 * @returns a sentence about what became of it, or `undefined` when there was nothing to do
 */
export async function setUpOnce(
  discord: LoopbackDiscord,
  { odette, workshop, announcements }: Anvil,
  dataDirectory: string,
): Promise<string | undefined> {
  const marker = join(dataDirectory, 'playground-set-up');
  if (await exists(marker)) return undefined;
  try {
    const deed = discord.as(odette, workshop).command('/config announcements', { channel: announcements });
    await deed.message();
    await mkdir(dirname(marker), { recursive: true });
    await writeFile(marker, `${new Date().toISOString()}\n`);
    return 'Odette chose #announcements for announcements';
  } catch (error) {
    return `Announcements are not set up: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
