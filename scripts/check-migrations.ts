import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MIGRATIONS = 'src/world/migrations';

/** Fails when a table was changed and no migration was generated for it. */
const folder = mkdtempSync(join(tmpdir(), 'forgeling-migrations-'));
try {
  cpSync(MIGRATIONS, folder, { recursive: true });
  const before = readdirSync(folder);
  const generated = spawnSync(
    'drizzle-kit',
    ['generate', '--dialect=sqlite', '--schema=src/**/*.table.ts', `--out=${folder}`],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const added = readdirSync(folder).filter((file) => !before.includes(file));
  if (generated.status !== 0) {
    process.stderr.write(`drizzle-kit failed:\n${generated.stdout}${generated.stderr}\n`);
    process.exitCode = 1;
  } else if (added.length > 0) {
    process.stderr.write('The tables have changed and the migrations have not: run `npm run migrations`.\n');
    process.exitCode = 1;
  } else {
    process.stdout.write('The migrations fit the tables.\n');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
