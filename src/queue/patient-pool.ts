import pg from 'pg';

type Connected = Parameters<pg.Pool['connect']>[0];

/**
 * A pool that takes back a connection twice without a word.
 *
 * graphile-worker 0.18 gives the connection that it listens on back when it stops, and once more when its LISTEN then
 * fails, as it does where PostgreSQL froze before it answered. The second time throws in a promise that nobody handles,
 * which would end the process in the middle of its stop. Whoever uses `client.release()` is still told of a mistake.
 */
export class PatientPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
    if (!connected) return super.connect();
    super.connect((error, client, release) => {
      if (!client) return connected(error, client, release);
      let isBack = false;
      connected(error, client, (reason) => {
        if (isBack) return;
        isBack = true;
        release(reason);
      });
    });
    return undefined;
  }
}
