import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { temporaryFolder } from '../support/game.ts';

const VIOLATIONS: readonly (readonly [folder: string, text: string])[] = [
  ['src/world', "import { craftStarted } from '../events/craftStarted.ts';"],
  ['src/world', "import { Client } from 'discord.js';"],
  ['src/events', "import type { Game } from '../game/game.ts';"],
  ['src/game/crafting', "import { customId } from '../../discord/custom-id.ts';"],
  ['src/game/crafting', "import { container } from '@sapphire/framework';"],
  ['src/game/crafting', "import { Store } from '@sapphire/pieces';"],
  ['src/game/crafting', "import { run } from 'graphile-worker';"],
  ['src/game/crafting', "import { EmbedBuilder } from 'discord.js';"],
  ['src/game/crafting', "import type { Job } from '../../pieces/job.ts';"],
  ['src/game/crafting', "export * from '../../queue/relay.ts';"],
  ['src/game/crafting', "const later = await import('../../discord/client.ts');"],
  ['src/queue', "import { createGame } from '../game/game.ts';"],
  ['src/queue', "import { container } from '@sapphire/framework';"],
  ['src/config', "import { World } from '../world/world.ts';"],
  ['src/discord', "import { CraftCommand } from '../commands/craft.ts';"],
  ['src/pieces', "import { CompleteCrafting } from '../jobs/completeCrafting.ts';"],
  ['src/commands', "import { JobQueue } from '../queue/job-queue.ts';"],
  ['src/ops', "import { Pacing } from '../game/announcements/pacing.ts';"],
  ['src/ops/cli', "import { container } from '@sapphire/framework';"],
  ['src/ops/cli', "import { Store } from '@sapphire/pieces';"],
  ['src/listeners/domain', "import { CraftCommand } from '../../commands/craft.ts';"],
];

const ALLOWED: readonly (readonly [folder: string, text: string])[] = [
  ['src/game/crafting', "export type { Tx } from '../../world/transaction.ts';"],
  ['src/ops/cli', "export { Duration } from '@sapphire/duration';"],
  ['src/ops/cli', "export { Pacing } from '../../game/announcements/pacing.ts';"],
  ['src/commands', "export type { Game } from '../game/game.ts';"],
  ['src', "export type { JobQueue } from './queue/job-queue.ts';"],
];

const folder = temporaryFolder('imports');
let report = '';

/** Plants every file in a folder of its own that is checked as the project is, all at once. */
beforeAll(() => {
  cpSync(join(PROJECT_ROOT, 'biome.json'), join(folder, 'biome.json'));
  for (const [index, [place, text]] of [...VIOLATIONS, ...ALLOWED].entries()) {
    const file = join(folder, place, `planted${index}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${text}\n`);
  }
  const parameters = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'];
  const biome = spawnSync(join(PROJECT_ROOT, 'node_modules/.bin/biome'), parameters, {
    cwd: folder,
    encoding: 'utf8',
  });
  report = biome.stdout + biome.stderr;
});

afterAll(() => rmSync(folder, { recursive: true }));

function isRefused(index: number): boolean {
  return report
    .split('\n')
    .some((line) => line.includes(`planted${index}.ts`) && line.includes('noRestrictedImports'));
}

test.each(VIOLATIONS.map((violation, index) => [...violation, index] as const))(
  'a planted violation is found: in %s, %s',
  (_folder, _text, index) => {
    expect(isRefused(index), report).toBe(true);
  },
);

test.each(ALLOWED.map((allowed, index) => [...allowed, VIOLATIONS.length + index] as const))(
  'what is allowed is let through: in %s, %s',
  (_folder, _text, index) => {
    expect(isRefused(index), report).toBe(false);
  },
);
