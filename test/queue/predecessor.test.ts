import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { allDone, createQueueBench, eventually, locks, testJob } from './support.ts';

const script = join(import.meta.dirname, 'doomed-bot.ts');

test('what a killed bot was at is done by the next one at once, and nothing is left locked', async () => {
  const first = await createQueueBench({ jobs: [] });
  const ids = ['stuck one', 'stuck two', 'three', 'four'];
  for (const id of ids) {
    first.request('stokeForge', id);
    first.request('sendRaven', id);
  }
  await first.close();
  const doomed = startDoomedBot(first.file, first.databaseUrl);
  await eventually(() => expect(doomed.lines.toSorted()).toEqual([...ids, ...ids].toSorted()));
  await doomed.kill();
  expect(await locks(first.databaseUrl)).not.toEqual([]);

  const forge = testJob('world');
  const raven = testJob('outside');
  const second = await createQueueBench({ jobs: [forge, raven], ...first });
  await second.start();

  await allDone(second);
  expect(forge.finished.toSorted()).toEqual(['stuck one', 'stuck two']);
  expect(raven.finished.toSorted()).toEqual(['stuck one', 'stuck two']);
  expect(await locks(first.databaseUrl)).toEqual([]);
});

test('a job that killed its bot until the queue gave it up is still done', async () => {
  const first = await createQueueBench({ jobs: [] });
  first.request('stokeForge', 'stuck');
  await first.close();
  const doomed = startDoomedBot(first.file, first.databaseUrl);
  await eventually(() => expect(doomed.lines).toEqual(['stuck']));
  await doomed.kill();
  await first.sql('UPDATE graphile_worker._private_jobs SET attempts = max_attempts');

  const forge = testJob('world');
  const second = await createQueueBench({ jobs: [forge], ...first });
  await second.start();

  await allDone(second);
  expect(forge.finished).toEqual(['stuck']);
});

test('a request made again while its job ran in the killed bot is done by the next one', async () => {
  const first = await createQueueBench({ jobs: [] });
  first.request('stokeForge', 'stuck', { note: 'first' });
  await first.close();
  const doomed = startDoomedBot(first.file, first.databaseUrl);
  await eventually(() => expect(doomed.lines).toEqual(['stuck']));
  // As the relay does it while a job runs: graphile-worker makes a second job and takes the key from the first.
  await first.sql(
    "SELECT graphile_worker.add_job('stokeForge', '{\"id\":\"stuck\"}', job_key => 'stokeForge:stuck')",
  );
  await doomed.kill();

  const forge = testJob('world');
  const second = await createQueueBench({ jobs: [forge], ...first });
  await second.start();

  await allDone(second);
  expect(forge.finished).toEqual(['stuck']);
});

function startDoomedBot(file: string, databaseUrl: string) {
  const child = spawn(process.execPath, [script, file, databaseUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const ended = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return { lines, kill };
}
