import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { temporaryFolder } from '../support/game.ts';

test('an import that is killed leaves nothing behind of what it had read', () => {
  const folder = temporaryFolder('staging');
  const program = `
    import { sql } from 'drizzle-orm';
    import { Staging } from '${join(PROJECT_ROOT, 'src/game/archive/staging.ts')}';
    const { db } = new Staging('900000000000000001');
    // More than is kept in memory.
    for (let fact = 0; fact < 40; fact++)
      db.run(sql\`INSERT INTO world_facts (name, value) VALUES (\${fact}, hex(randomblob(1000000)))\`);
    console.log(db.get(sql\`SELECT count(*) AS facts FROM world_facts\`).facts);
    process.kill(process.pid, 'SIGKILL');`;
  const environment = { ...process.env, TMPDIR: folder, SQLITE_TMPDIR: folder };
  const { stdout, stderr, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: PROJECT_ROOT,
    env: environment,
    encoding: 'utf8',
  });
  expect({ stdout, stderr, signal }).toEqual({ stdout: '40\n', stderr: '', signal: 'SIGKILL' });
  expect(readdirSync(folder)).toEqual([]);
});
