import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, configFile, loadConfig, PROJECT_ROOT, parseConfig } from '../../src/config/load.ts';
import { temporaryFolder } from '../support/game.ts';

const FILE = { path: '/etc/forgeling.yaml', isNamed: true };

/** What comes of a file with these lines and an environment with these variables. */
function configured(lines: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return parseConfig(environment, FILE, lines.join('\n'));
}

/** What is said about a configuration that cannot be used, a problem a line. */
function complaints(lines: readonly string[], environment: NodeJS.ProcessEnv = {}): string[] {
  try {
    configured(lines, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  throw new Error('There was no complaint.');
}

describe('the configuration', () => {
  test('is what is by default, where nobody says anything', () => {
    const { config } = parseConfig({}, FILE, undefined);
    expect(config.game).toEqual({
      speed: 1,
      greeting: true,
      engagement: {
        weights: { message: 1, reaction: 0.5, command: 2 },
        pointsPerMinute: 5,
        xpPerPoint: 1,
      },
    });
    expect(config.dataDir).toBe(join(PROJECT_ROOT, 'data/var'));
  });

  test('follows the environment before the file, and the file before what is by default', () => {
    const lines = ['game:', '  speed: 2', '  engagement:', '    weights: { message: 3, reaction: 4 }'];
    const { config, origins } = configured(lines, { GAME_SPEED: '5', GAME_ENGAGEMENT_REACTION: '' });
    expect(config.game.speed).toBe(5);
    expect(config.game.engagement.weights).toEqual({ message: 3, reaction: 4, command: 2 });
    expect(origins.get('game.speed')).toEqual({ kind: 'environment', variable: 'GAME_SPEED' });
    expect(origins.get('game.engagement.weights.reaction')).toEqual({
      kind: 'file',
      where: `${FILE.path}:4`,
    });
    expect(origins.get('game.engagement.weights.command')).toEqual({ kind: 'default' });
  });

  test('takes from the environment whatever has a number, too', () => {
    const { config } = configured([], {
      GAME_ENGAGEMENT_POINTS_PER_MINUTE: '7.5',
      GAME_ENGAGEMENT_XP_PER_POINT: '0',
      JOBS_POLL_INTERVAL: '100',
    });
    expect(config.game.engagement).toMatchObject({ pointsPerMinute: 7.5, xpPerPoint: 0 });
    expect(config.jobs.pollInterval).toBe(100);
  });

  test.each([
    ['is empty', []],
    ['has only comments', ['# game:', '#   speed: 2']],
    ['has a section in which every line is commented out', ['game:', '  # speed: 2', 'log:', '  level:']],
  ])('is what is by default, where the file %s', (_what, lines) => {
    expect(configured(lines).config).toEqual(parseConfig({}, FILE, undefined).config);
  });

  test('says everything that is wrong at once, each with its line or its variable', () => {
    const lines = ['game:', '  speed: fast', '  sped: 2', 'log:', '  level: loud', 'jobs: 5', 'hobby: chess'];
    expect(complaints(lines, { HTTP_PORT: '99999', JOBS_SCHEMA: 'mine' })).toEqual([
      expect.stringMatching(`^${FILE.path}:6: jobs: `),
      expect.stringMatching(/^HTTP_PORT: /),
      expect.stringMatching(`^${FILE.path}:5: log.level: `),
      expect.stringMatching(`^${FILE.path}:2: game.speed: `),
      `${FILE.path}:3: game.sped: there is no such setting; did you mean game.speed?`,
      `${FILE.path}:7: hobby: there is no such setting.`,
    ]);
  });

  test('tells somebody who put a setting in the wrong place where it belongs', () => {
    expect(complaints(['speed: 2'])).toEqual([
      `${FILE.path}:1: speed: there is no such setting; did you mean game.speed?`,
    ]);
  });

  test.each([
    ['isn’t YAML', ['game:', '  speed: 2', ' log: info'], 3],
    ['says a thing twice', ['dataDir: one', 'dataDir: two'], 2],
    ['is cut off', ['game: { speed: 2, engagement: {'], 1],
    ['is a list', ['- game'], 1],
    ['is one word', ['game'], 1],
  ])('is refused with its line, where the file %s', (_what, lines, line) => {
    expect(complaints(lines)[0]).toMatch(new RegExp(`^${FILE.path}:${line}: `));
  });

  test('is refused, where an alias would fill the memory', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed'].map((pair) => [...pair]))
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
    expect(complaints(bomb)[0]).toContain('Excessive alias count');
  });

  test('says nothing of what stands in a broken file: it may be the token', () => {
    const said = complaints(['discord: { token: "hush-hush" "more of it" ', 'x: "hush-hush']).join('\n');
    expect(said).not.toContain('hush');
    expect(said).not.toContain('more of it');
  });

  test('is in the file that the environment names, which must be there then', () => {
    const path = join(temporaryFolder('config'), 'mine.yaml');
    const environment = { FORGELING_CONFIG: path };
    expect(() => loadConfig(environment)).toThrow(`${path}: the file isn’t there.`);
    writeFileSync(path, 'game: { speed: 9 }');
    expect(loadConfig(environment).game.speed).toBe(9);
    expect(configFile({})).toEqual({ path: join(PROJECT_ROOT, 'forgeling.yaml'), isNamed: false });
  });

  test('keeps the address of Discord’s interface without slashes at its end', () => {
    const { config } = configured(['discord: { apiUrl: "http://127.0.0.1:1/api//" }']);
    expect(config.discord.apiUrl).toBe('http://127.0.0.1:1/api');
  });
});
