import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ scripts: z.record(z.string(), z.string()) });

/**
 * The arguments that `npm start`, or another script, gives to Node, so that nothing starts the bot, or the playground, in
 * any other way.
 *
 * @throws Error when there is no such script, or it is not `node …`
 */
export async function startArguments(root: string, name = 'start'): Promise<string[]> {
  const { scripts } = manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const script = scripts[name] ?? '';
  const [program, ...args] = script.trim().split(/\s+/);
  if (program === 'node' && args.length > 0) return args;
  throw new Error(`the ${name} script "${script}" in package.json does not run node with a file`);
}
