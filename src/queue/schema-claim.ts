import pg, { type Pool, type PoolClient } from 'pg';

/** The queue's schema is somebody else's; the message says whose and what to do. */
export class QueueIsTaken extends Error {
  override readonly name = 'QueueIsTaken';
}

const MARK = 'forgeling world ';

/**
 * Makes the queue's schema this world's own: one world uses one schema, which carries the world's id as its comment
 * (rule R4). Whatever holds locks in it is therefore dead when its world starts.
 *
 * @throws QueueIsTaken when the schema belongs to another world or another program
 */
export async function claimSchema(pool: Pool, schema: string, worldId: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`forgeling ${schema}`]);
    await claim(client, schema, worldId);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Whether the schema is there and this world's. */
export async function ownsSchema(pool: Pool, schema: string, worldId: string): Promise<boolean> {
  return (await readMark(pool, schema))?.comment === MARK + worldId;
}

async function claim(client: PoolClient, schema: string, worldId: string): Promise<void> {
  const found = await readMark(client, schema);
  if (found?.comment === MARK + worldId) return;
  if (found?.comment?.startsWith(MARK)) {
    throw new QueueIsTaken(
      `The schema "${schema}" holds the jobs of another world (${found.comment.slice(MARK.length)}): ` +
        'set JOBS_SCHEMA to a name of its own for this one, or drop that schema if the other world is gone.',
    );
  }
  if (found) {
    throw new QueueIsTaken(
      `The schema "${schema}" is there already and isn't Forgeling's: set JOBS_SCHEMA to another name.`,
    );
  }
  const name = pg.escapeIdentifier(schema);
  await client.query(`CREATE SCHEMA ${name}`);
  // COMMENT takes no parameters; a world's id is a UUID of our own making.
  await client.query(`COMMENT ON SCHEMA ${name} IS '${MARK}${worldId}'`);
}

async function readMark(
  db: Pool | PoolClient,
  schema: string,
): Promise<{ comment: string | null } | undefined> {
  const { rows } = await db.query<{ comment: string | null }>(
    "SELECT obj_description(oid, 'pg_namespace') AS comment FROM pg_namespace WHERE nspname = $1",
    [schema],
  );
  return rows[0];
}
