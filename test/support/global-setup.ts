import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startTestPostgres } from '../queue/postgres/support.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where databases for tests are made. */
    postgresUrl: string;
    /** Where tests make folders of their own; it goes with the run, since its workers end without a word. */
    folder: string;
  }
}

/** One real PostgreSQL and one folder for the whole run; each test makes a database or a folder of its own there. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  project.provide('postgresUrl', postgres.adminUrl);
  const folder = await mkdtemp(join(tmpdir(), 'forgeling-tests-'));
  project.provide('folder', folder);
  return async () => {
    try {
      await postgres.destroy();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}
