import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { givenPostgres } from '../../../src/queue/postgres/givenPostgres.ts';
import { PostgresUnavailable } from '../../../src/queue/postgres/server.ts';
import { execute, startTestPostgres, type TestPostgres } from './support.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.destroy());

test('a given PostgreSQL is used as it is, and not stopped', async () => {
  const url = await postgres.createDatabase();
  const server = givenPostgres(url);

  expect(await server.ensureRunning()).toEqual({ connectionString: url });
  await server.stop();
  expect(await execute(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('one that goes away and comes back is reported, then used again', async () => {
  const url = await postgres.createDatabase();
  const server = givenPostgres(url);

  await postgres.stopServer('immediate');
  await expect(server.ensureRunning()).rejects.toThrow(/nothing listens there/);

  await postgres.startServer();
  expect(await server.ensureRunning()).toEqual({ connectionString: url });
  await postgres.dropDatabase(url);
  await expect(server.ensureRunning()).rejects.toThrow(/no database of this name; create it/);
});

test.each([
  [
    'a wrong password',
    (url: URL) => ({ password: `s3cret%21${url.port}` }),
    /refuses this user name or password/,
  ],
  ['a missing database', () => ({ pathname: '/nothing_here' }), /no database of this name; create it/],
  [
    'a closed port',
    () => ({ port: '1', password: 's3cret' }),
    /127\.0\.0\.1:1\/forgeling.*nothing listens there/,
  ],
  ['an unknown host', () => ({ hostname: 'postgres.invalid' }), /host name/],
])('%s is told in one sentence without the password', async (_, change, sentence) => {
  const url = new URL(postgres.adminUrl);
  Object.assign(url, change(url));
  const server = givenPostgres(url.href);

  const error = await server.ensureRunning().catch((thrown: unknown) => thrown);

  if (!(error instanceof PostgresUnavailable)) throw new Error('it was taken');
  expect(error.message).toMatch(sentence);
  expect(`${error.message} ${server.description}`).not.toContain(url.password);
  expect(`${error.message} ${server.description}`).not.toContain('s3cret');
});

test('one that accepts and says nothing is given up in time', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    silent.close();
  });
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;

  const attempt = givenPostgres(`postgres://a:b@127.0.0.1:${port}/c`, { timeout: 200 }).ensureRunning();
  await expect(attempt).rejects.toThrow(/does not answer/);
});

test.each(['nonsense', 'mysql://a:b@localhost/c', ''])('%j is no address of a PostgreSQL', async (url) => {
  await expect(givenPostgres(url).ensureRunning()).rejects.toThrow(/JOBS_DATABASE_URL is not an address/);
});
