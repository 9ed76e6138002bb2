import type { TestProject } from 'vitest/node';
import { startTestPostgres } from '../queue/postgres/support.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where databases for tests are made. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole run; each test makes a database of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  project.provide('postgresUrl', postgres.adminUrl);
  return () => postgres.destroy();
}
