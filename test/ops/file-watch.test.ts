import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { FileWatch, type FileWatchOptions } from '../../src/ops/file-watch.ts';
import { temporaryFolder } from '../support/game.ts';

/** A watched file, what was seen in it at each look, and a way to wait for it. */
function watched(
  file: string,
  { meanwhile = () => undefined, ...options }: FileWatchOptions & { readonly meanwhile?: () => unknown } = {},
) {
  const seen: (string | undefined)[] = [];
  const troubles: unknown[] = [];
  let wake = () => {};
  const look = async () => {
    seen.push(textOf(file));
    wake();
    await meanwhile();
  };
  const watch = new FileWatch([file], look, (error) => troubles.push(error), options);
  onTestFinished(() => watch.close());
  return {
    seen,
    troubles,
    watch,
    /** Waits until the last look saw something. */
    sees: async (text: string | undefined) => {
      while (seen.length === 0 || seen.at(-1) !== text) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
    },
  };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

test('a file is looked at whatever is done to it: written, replaced, removed, put back, moved', async () => {
  const folder = temporaryFolder('watch');
  const file = join(folder, 'settings.yaml');
  writeFileSync(file, 'first');
  const { sees, troubles } = watched(file);
  await sees('first');
  writeFileSync(file, 'written');
  await sees('written');
  writeFileSync(`${file}.new`, 'replaced');
  renameSync(`${file}.new`, file);
  await sees('replaced');
  appendFileSync(file, ' and more');
  await sees('replaced and more');
  rmSync(file);
  await sees(undefined);
  writeFileSync(file, 'back');
  await sees('back');
  renameSync(file, `${file}.old`);
  await sees(undefined);
  renameSync(`${file}.old`, file);
  await sees('back');
  rmSync(folder, { recursive: true });
  await sees(undefined);
  mkdirSync(folder);
  writeFileSync(file, 'in a new folder');
  await sees('in a new folder');
  expect(troubles).toEqual([]);
});

test('a file that is not there yet is seen when it comes', async () => {
  const file = join(temporaryFolder('watch'), 'later.yaml');
  const { sees } = watched(file);
  await sees(undefined);
  writeFileSync(file, 'here');
  await sees('here');
});

test('what the system gives no hint of is seen all the same: a link that leads elsewhere, a folder in between', async () => {
  const folder = temporaryFolder('watch');
  const file = join(folder, 'linked.yaml');
  for (const version of ['one', 'two']) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'linked.yaml'), version);
  }
  symlinkSync('one', join(folder, 'current'));
  symlinkSync('current/linked.yaml', file);
  const { sees } = watched(file, { withoutHintEvery: 20 });
  await sees('one');
  symlinkSync('two', join(folder, 'next'));
  renameSync(join(folder, 'next'), join(folder, 'current'));
  await sees('two');
  rmSync(file);
  mkdirSync(file);
  await sees(undefined);
  rmSync(file, { recursive: true });
  writeFileSync(file, 'a file again');
  await sees('a file again');
});

test('a burst of writes is few looks, none of them at the same time, and the last one sees the end', async () => {
  const file = join(temporaryFolder('watch'), 'burst.yaml');
  writeFileSync(file, 'first');
  let looking = 0;
  const atOnce: number[] = [];
  const { sees, seen } = watched(file, {
    meanwhile: async () => {
      atOnce.push(++looking);
      await setImmediate();
      looking--;
    },
  });
  await sees('first');
  for (let write = 0; write < 500; write++) writeFileSync(file, `write ${write}`);
  await sees('write 499');
  expect(seen.length).toBeLessThan(50);
  expect(new Set(atOnce)).toEqual(new Set([1]));
});

test('a file that somebody is writing is looked at when it is still', async () => {
  const file = join(temporaryFolder('watch'), 'slow.yaml');
  writeFileSync(file, 'first');
  const parts: string[] = [];
  const { sees, seen } = watched(file, {
    wait: async () => {
      const part = parts.shift();
      if (part) appendFileSync(file, part);
      await setImmediate();
    },
  });
  await sees('first');
  parts.push(' and', ' the', ' rest');
  writeFileSync(file, 'half');
  await sees('half and the rest');
  expect(new Set(seen)).toEqual(new Set(['first', 'half and the rest']));
});

test('a file that is written without end is looked at all the same', async () => {
  const file = join(temporaryFolder('watch'), 'endless.yaml');
  writeFileSync(file, '');
  const { seen, watch } = watched(file, {
    wait: async () => {
      appendFileSync(file, '.');
      await setImmediate();
    },
    meanwhile: () => void watch.close(),
  });
  while (seen.length === 0) await setImmediate();
  expect(seen[0]).toMatch(/^\.+$/);
});

test('what changes while it is looked at is looked at afterwards', async () => {
  const file = join(temporaryFolder('watch'), 'meanwhile.yaml');
  writeFileSync(file, 'first');
  const { sees, seen } = watched(file, {
    meanwhile: () => {
      if (seen.at(-1) === 'second') writeFileSync(file, 'third');
    },
  });
  await sees('first');
  writeFileSync(file, 'second');
  await sees('third');
  expect(seen).toContain('second');
});

test('a look that fails is told, and the next change is looked at all the same', async () => {
  const file = join(temporaryFolder('watch'), 'failing.yaml');
  writeFileSync(file, 'first');
  const failure = new Error('the look failed');
  const { sees, seen, troubles } = watched(file, {
    meanwhile: () => {
      if (seen.at(-1) === 'bad') throw failure;
    },
  });
  await sees('first');
  writeFileSync(file, 'bad');
  await sees('bad');
  writeFileSync(file, 'good');
  await sees('good');
  expect(troubles).toEqual([failure]);
});

test('after the end nothing is looked at any more, and the end waits for the look that is under way', async () => {
  const file = join(temporaryFolder('watch'), 'end.yaml');
  writeFileSync(file, 'first');
  const gate = Promise.withResolvers<void>();
  let isOver = false;
  const { sees, seen, watch } = watched(file, {
    meanwhile: async () => {
      if (seen.at(-1) !== 'last') return;
      await gate.promise;
      isOver = true;
    },
  });
  await sees('first');
  writeFileSync(file, 'last');
  await sees('last');
  const closed = watch.close();
  gate.resolve();
  await closed;
  expect(isOver).toBe(true);
  const looks = seen.length;
  writeFileSync(file, 'unseen');
  // Another watch of the same file sees it: so long the closed one had time, too.
  await watched(file).sees('unseen');
  expect(seen).toHaveLength(looks);
});
