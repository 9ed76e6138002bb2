import pg from 'pg';
import type { PgConnection } from './server.ts';

/** SQLSTATE codes and system error codes that somebody here decides by. */
export const wrongPassword = '28P01';
export const missingDatabase = '3D000';
export const duplicateDatabase = '42P04';
export const notAcceptingNow = '57P03';

const reasons: Readonly<Record<string, string>> = {
  [wrongPassword]: 'it refuses this user name or password',
  '28000': 'it refuses this user',
  [missingDatabase]: 'it has no database of this name',
  [notAcceptingNow]: 'it is starting up or shutting down',
  '53300': 'it has no free connection left',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it closed the connection',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be looked up now',
  EHOSTUNREACH: 'its host cannot be reached',
  ETIMEDOUT: 'it does not answer',
};

/**
 * Opens one connection, hands it to `use`, closes it again.
 *
 * @param timeout milliseconds to wait for the connection, and for each query
 * @throws what pg throws; `codeOf` and `reasonOf` read it
 */
export async function withClient<T>(
  connection: PgConnection,
  timeout: number,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: timeout, query_timeout: timeout });
  // Without a listener a connection that breaks between two queries would end the process.
  client.on('error', () => {});

  try {
    await client.connect();
    const result = await use(client);
    await client.end();
    return result;
  } catch (error) {
    client.end().catch(() => {}); // not awaited: on a connection that hangs it would hang too
    throw error;
  }
}

/** The SQLSTATE or system error code of what pg threw, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What pg threw, in words that end a sentence. May hold what the server wrote, so mask secrets before showing it. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined && code in reasons) return reasons[code] ?? code;
  if (error instanceof Error && /timeout/i.test(error.message)) return 'it does not answer';
  if (error instanceof Error && error.message !== '') return error.message.replace(/\.$/, '');
  return code ?? 'the reason is unknown';
}
