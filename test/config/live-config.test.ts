import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { LiveConfig } from '../../src/config/live-config.ts';
import { temporaryFolder } from '../support/game.ts';

let file: string;

beforeEach(() => {
  file = join(temporaryFolder('config'), 'forgeling.yaml');
});

function write(...lines: readonly string[]): void {
  writeFileSync(file, lines.join('\n'));
}

/** A configuration that began with these lines. */
function begunWith(lines: readonly string[], environment: NodeJS.ProcessEnv = {}): LiveConfig {
  write(...lines);
  return new LiveConfig({ FORGELING_CONFIG: file, ...environment });
}

describe('a file that changed', () => {
  test('is taken as a whole, and what became different is told', () => {
    const config = begunWith(['game: { speed: 2 }']);
    const before = config.current;
    write('game:', '  speed: 3', '  engagement: { weights: { message: 4 } }', 'log: { level: debug }');
    expect(config.reload()).toEqual({
      kind: 'taken',
      changes: ['log.level: "info" → "debug"', 'game.speed: 2 → 3', 'game.engagement.weights.message: 1 → 4'],
    });
    expect(config.current.game).toMatchObject({ speed: 3, engagement: { weights: { message: 4 } } });
    // Whoever still holds the old one sees nothing of the new one.
    expect(before.game).toMatchObject({ speed: 2, engagement: { weights: { message: 1 } } });
  });

  test('counts from the next start on where it must, and that is said', () => {
    const config = begunWith(['dataDir: /tmp/one', 'game: { speed: 2 }']);
    write('dataDir: /tmp/two', 'game: { speed: 3 }', 'http: { port: 80 }');
    expect(config.reload()).toEqual({
      kind: 'taken',
      changes: [
        'dataDir: "/tmp/one" → "/tmp/two" (from the next start on)',
        'http.port: not set → 80 (from the next start on)',
        'game.speed: 2 → 3',
      ],
    });
    expect(config.current).toMatchObject({ dataDir: '/tmp/one', http: {}, game: { speed: 3 } });
    write('dataDir: /tmp/one', 'game: { speed: 3 }');
    expect(config.reload()).toMatchObject({
      changes: [expect.stringContaining('"/tmp/two" → "/tmp/one"'), expect.stringContaining('80 → not set')],
    });
  });

  test('tells no secret and no password', () => {
    const config = begunWith([
      'discord: { token: hush-hush }',
      'jobs: { databaseUrl: "postgres://a:p4ss@b/c" }',
    ]);
    write('discord: { token: still-hush }', 'jobs: { databaseUrl: "postgres://a:w0rd@b/c" }');
    expect(config.reload()).toEqual({
      kind: 'taken',
      changes: [
        'discord.token: [secret] → [secret] (from the next start on)',
        'jobs.databaseUrl: "postgres://a:[secret]@b/c" → "postgres://a:[secret]@b/c" (from the next start on)',
      ],
    });
  });

  test('changes nothing that the environment sets', () => {
    const config = begunWith(['game: { speed: 2 }'], { GAME_SPEED: '9' });
    write('game: { speed: 3 }');
    expect(config.reload()).toEqual({ kind: 'taken', changes: [] });
    expect(config.current.game.speed).toBe(9);
  });

  test('is refused as a whole with line and reason, and taken when it is mended, also back to what it was', () => {
    const config = begunWith(['game: { speed: 2 }']);
    const before = config.current;
    write('log: { level: debug }', 'game:', '  speed: fast');
    expect(config.reload()).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(`^${file}:3: game.speed: `),
    });
    expect(config.current).toBe(before);
    expect(config.reload()).toEqual({ kind: 'same' });
    write('game: { speed: 2 }');
    expect(config.reload()).toEqual({ kind: 'taken', changes: [] });
    write('game: { speed: 2');
    expect(config.reload()).toMatchObject({ kind: 'refused' });
    write('game: { speed: 4 }');
    expect(config.reload()).toEqual({ kind: 'taken', changes: ['game.speed: 2 → 4'] });
  });

  test.each([
    ['gone', () => rmSync(file)],
    ['moved away', () => renameSync(file, `${file}.old`)],
    ['empty', () => write('')],
  ])('changes nothing while it is %s, as it is while somebody replaces it', (_what, happen) => {
    const config = begunWith(['game: { speed: 2 }']);
    happen();
    expect(config.reload()).toMatchObject({ kind: 'refused', reason: expect.stringContaining(file) });
    expect(config.reload()).toEqual({ kind: 'same' });
    expect(config.current.game.speed).toBe(2);
    write('game: { speed: 2 }');
    expect(config.reload()).toEqual({ kind: 'taken', changes: [] });
    write('# all by default');
    expect(config.reload()).toMatchObject({ changes: ['game.speed: 2 → 1'] });
  });

  test('whatever it says, what is in force is one that was written as a whole', () => {
    const version = fc.record({ speed: fc.integer({ min: 1, max: 50 }), isValid: fc.boolean() });
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 20 }), (versions) => {
        const config = begunWith(['game: { speed: 99, engagement: { pointsPerMinute: 99 } }']);
        let inForce = 99;
        for (const { speed, isValid } of versions) {
          // What is wrong stands last: whatever was applied before it was noticed would show.
          write(`game: { speed: ${speed}, engagement: { pointsPerMinute: ${isValid ? speed : -1} } }`);
          config.reload();
          if (isValid) inForce = speed;
          const { speed: now, engagement } = config.current.game;
          expect([now, engagement.pointsPerMinute]).toEqual([inForce, inForce]);
        }
      }),
      { numRuns: 50 },
    );
  });
});
