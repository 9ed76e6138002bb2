/**
 * A process that owns an embedded server and can be killed: prints how to connect as one line of JSON, then waits,
 * or with `leave` ends by itself without stopping the server.
 * `node owner.ts <directory> [options as JSON] [leave]`
 */
import { embeddedPostgres } from '../../../src/queue/postgres/embeddedPostgres.ts';

const [, , directory = '', options = '{}', afterwards] = process.argv;
const logger = { debug: () => {}, info: () => {}, warn: () => {} };
const server = embeddedPostgres({ directory, logger, ...JSON.parse(options) });

if (afterwards !== 'leave') {
  const waiting = setInterval(() => {}, 60_000);
  process.once('SIGTERM', async () => {
    await server.stop();
    clearInterval(waiting);
  });
}
process.stdout.write(`${JSON.stringify(await server.ensureRunning())}\n`);
