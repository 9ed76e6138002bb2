import { codeOf, missingDatabase, reasonOf, withClient } from './connect.ts';
import { type PgConnection, type PostgresServer, PostgresUnavailable } from './server.ts';

/** graphile-worker's own lower bound. */
const oldestMajor = 12;

/** How long the server may take to accept a connection, and to answer, in milliseconds. */
const defaultTimeout = 5_000;

/**
 * A PostgreSQL that somebody else looks after.
 *
 * @param url `postgres://user:password@host:port/database`, as libpq and pg read it; it is checked when it is used
 */
export function givenPostgres(url: string, options: { timeout?: number } = {}): PostgresServer {
  const address = parse(url);
  const description = `PostgreSQL at ${address?.shown ?? 'JOBS_DATABASE_URL'}`;

  return {
    description,
    ensureRunning: async () => {
      if (address === undefined) {
        throw new PostgresUnavailable(
          'JOBS_DATABASE_URL is not an address like postgres://user:password@host:5432/database.',
        );
      }
      return await check(address, description, options.timeout ?? defaultTimeout);
    },
    stop: async () => {},
  };
}

interface Address {
  readonly url: string;
  /** Host, port and database, nothing secret. */
  readonly shown: string;
  readonly secrets: readonly string[];
}

function parse(url: string): Address | undefined {
  if (!URL.canParse(url)) return undefined;

  const { protocol, host, pathname, password } = new URL(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') return undefined;

  const secrets = [password, decode(password)].filter((secret) => secret !== '');
  return { url, shown: `${host}${pathname}`, secrets };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is no escape; pg takes it as it stands
  }
}

async function check(address: Address, description: string, timeout: number): Promise<PgConnection> {
  const connection = { connectionString: address.url };
  const version = await withClient(connection, timeout, readVersion).catch((error: unknown) => {
    throw new PostgresUnavailable(`${description} cannot be used: ${explain(error, address)}.`);
  });

  if (version < oldestMajor * 10_000) {
    const major = Math.floor(version / 10_000);
    throw new PostgresUnavailable(
      `${description} is version ${major}; version ${oldestMajor} or later is needed.`,
    );
  }
  return connection;
}

async function readVersion(client: {
  query: (text: string) => Promise<{ rows: unknown[] }>;
}): Promise<number> {
  const { rows } = await client.query('SHOW server_version_num');
  const [row] = rows;
  if (typeof row !== 'object' || row === null || !('server_version_num' in row)) return 0;
  return Number(row.server_version_num);
}

function explain(error: unknown, address: Address): string {
  const hint = codeOf(error) === missingDatabase ? '; create it with CREATE DATABASE' : '';
  const masked = address.secrets.reduce((text, secret) => text.replaceAll(secret, '***'), reasonOf(error));
  return masked + hint;
}
