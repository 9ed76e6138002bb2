import { join } from 'node:path';
import { type Cluster, readLog, rotateLog } from './cluster.ts';
import { replaceFile } from './files.ts';
import type { Finished } from './runProgram.ts';
import { accessRules, serverSettings } from './settings.ts';
import type { Site } from './site.ts';

/** How a server ends: `fast` closes connections and writes everything out; `immediate` is a crash on purpose. */
export type StopMode = 'fast' | 'immediate';

export type StartOutcome =
  | { readonly kind: 'started' }
  /** `lines` are the last ones of the server's log. */
  | { readonly kind: 'port-taken' | 'leftovers' | 'failed'; readonly lines: string };

/** Seconds for crash recovery at a start, and for the last writes at a stop. */
const startSeconds = 60;
const stopSeconds = 30;

/** Starts the server on this port and waits until it accepts connections or gives up. */
export async function startServer(
  cluster: Cluster,
  site: Site,
  options: { readonly port: number; readonly maxConnections: number },
): Promise<StartOutcome> {
  const { user, binaries } = site;
  const settings = serverSettings(options.port, options.maxConnections);
  await replaceFile(join(cluster.data, 'postgresql.conf'), settings, user.owner);
  await replaceFile(join(cluster.data, 'postgresql.auto.conf'), '', user.owner);
  await replaceFile(join(cluster.data, 'pg_hba.conf'), accessRules, user.owner);
  await rotateLog(cluster, site);

  const started = await user.run(
    binaries.pgControl,
    ['start', '-w', '-t', String(startSeconds), '-D', cluster.data, '-l', cluster.log],
    (startSeconds + 10) * 1_000,
  );
  if (started.succeeded) return { kind: 'started' };

  const log = await readLog(cluster);
  const lines = (log.trim() || started.output).split('\n').slice(-5).join(' | ');
  if (/could not bind|could not create any TCP\/IP sockets/.test(log)) return { kind: 'port-taken', lines };
  if (/pre-existing shared memory block/.test(log)) return { kind: 'leftovers', lines };
  return { kind: 'failed', lines };
}

/** Stops the server and waits until it has ended. */
export async function stopServer(cluster: Cluster, site: Site, mode: StopMode): Promise<Finished> {
  return await site.user.run(
    site.binaries.pgControl,
    ['stop', '-w', '-t', String(stopSeconds), '-m', mode, '-D', cluster.data],
    (stopSeconds + 10) * 1_000,
  );
}
