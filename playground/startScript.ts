import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ scripts: z.object({ start: z.string().min(1) }) });

/**
 * The arguments that `npm start` gives to Node, so that the playground starts the bot in no other way.
 *
 * @throws Error when the start script is not `node …`
 */
export async function startArguments(root: string): Promise<string[]> {
  const { scripts } = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const [program, ...args] = scripts.start.trim().split(/\s+/);
  if (program === 'node' && args.length > 0) return args;
  throw new Error(`the start script "${scripts.start}" in package.json does not run node with a file`);
}
