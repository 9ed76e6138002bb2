import { closeSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Seat } from '../../playground/discord/index.ts';
import { Stage } from '../support/stage.ts';

const REWRITES = 1_000;

/** A bot that shares a small machine with other tests needs its time for so many. */
const TIMEOUT = 300_000;

/** After so many rewrites the bot is given the time to see the last one. Odd: by turns that is a valid one and an invalid one. */
const BURST = 19;

/** Every setting that `/config engagement` shows follows from the version, so that a mixture of two would show. */
function versionLines(version: number, xpPerPoint = String(version / 10)): string[] {
  const points = version / 10;
  return [
    'game:',
    '  engagement:',
    `    weights: { message: ${points}, reaction: ${points}, command: ${points} }`,
    `    pointsPerMinute: ${version + 1}`,
    `    xpPerPoint: ${xpPerPoint}`,
  ];
}

/** The same in one line, which is no YAML before its last character is written. */
function versionInOneLine(version: number): string {
  const points = version / 10;
  const weights = { message: points, reaction: points, command: points };
  return JSON.stringify({
    game: { engagement: { weights, pointsPerMinute: version + 1, xpPerPoint: points } },
  });
}

/** Ways to write something, as editors, scripts and deployments do. */
const WRITERS: readonly ((file: string, version: number) => void)[] = [
  (file, version) => {
    writeFileSync(`${file}.new`, versionLines(version).join('\n'));
    renameSync(`${file}.new`, file);
  },
  (file, version) => writeFileSync(file, versionLines(version).join('\n')),
  (file, version) => {
    const descriptor = openSync(file, 'w');
    for (const part of versionInOneLine(version).split(/(?<=,)/)) writeSync(descriptor, part);
    closeSync(descriptor);
  },
  (file, version) => {
    rmSync(file, { force: true });
    writeFileSync(file, versionLines(version).join('\n'));
  },
];

/** Ways in which it is no configuration. What is wrong stands last: what was applied before it was noticed would show. */
const SPOILERS: readonly ((file: string, version: number) => void)[] = [
  (file, version) => writeFileSync(file, [...versionLines(version), 'hobby: chess'].join('\n')),
  (file, version) => writeFileSync(file, versionInOneLine(version).slice(0, -1)),
  (file) => rmSync(file, { force: true }),
  (file) => writeFileSync(file, ''),
  (file, version) => writeFileSync(file, [...versionLines(version), 'game: { speed: 2 }'].join('\n')),
];

/** Ways whose refusal says which one it was. @returns what it says */
const AWAITED_SPOILERS: readonly ((file: string, version: number) => string)[] = [
  (file, version) => {
    const comments = Array.from({ length: version }, () => '# …');
    writeFileSync(`${file}.new`, [...comments, ...versionLines(version, 'lots')].join('\n'));
    renameSync(`${file}.new`, file);
    return `${file}:${version + 5}: game.engagement.xpPerPoint: `;
  },
  (file) => {
    writeFileSync(file, '');
    return `${file}: the file is empty.`;
  },
  (file) => {
    rmSync(file, { force: true });
    return `${file}: the file is gone.`;
  },
];

/** Which version an answer shows. @throws where it shows parts of several, or none that was ever valid */
function versionIn(content: string): number {
  const points =
    /Points: (\S+) for a message, (\S+) for a reaction, (\S+) for a command, and up to (\S+) in one minute/;
  const [, message, reaction, command, perMinute] = points.exec(content) ?? [];
  const [, xpPerPoint] = /Each point brings (\S+) XP/.exec(content) ?? [];
  const version = Number(perMinute) - 1;
  expect([message, reaction, command, xpPerPoint].map(Number)).toEqual(Array(4).fill(version / 10));
  expect(version % 2).toBe(0);
  return version;
}

test(
  'while the configuration is rewritten 1,000 times, valid and invalid by turns, each answer is by one valid version',
  async () => {
    const stage = await Stage.set({ environment: { GAME_ENGAGEMENT_COMMAND: '', LOG_LEVEL: 'info' } });
    const file = join(stage.folder, 'forgeling.yaml');
    writeFileSync(file, versionLines(0).join('\n'));
    const bot = await stage.startBot({ FORGELING_CONFIG: file });
    const { discord, workshop } = stage;
    const odette = discord.as(stage.odette, workshop);
    const look = async (seat: Seat = odette) =>
      versionIn((await seat.command('/config engagement').message()).content);

    let isOver = false;
    let answers = 0;
    const keepUsing = async (seat: Seat, use: (turn: number) => Promise<unknown>) => {
      for (let turn = 0; !isOver; turn++) {
        await use(turn);
        answers++;
      }
      return seat;
    };
    const seen: number[] = [];
    const uses = ['/inventory', '/recipes', '/crafting', '/profile'];
    const players = [stage.mira, stage.tobin].map((person) => discord.as(person, workshop));
    const load = [
      keepUsing(odette, async () => seen.push(await look())),
      ...players.flatMap((seat) => [
        keepUsing(seat, (turn) => seat.command(uses[turn % uses.length] ?? '/help').message()),
        keepUsing(seat, () => seat.command('/craft', { recipe: 'oak_plank', quantity: 1 }).message()),
      ]),
    ];

    /** What is in the log since the last valid version was waited for. */
    let since = 0;
    const says = (matches: (msg: string) => boolean) =>
      bot.logged(() => bot.log.slice(since).some(({ msg }) => matches(msg)));
    const rewrite = async () => {
      for (let version = 0; version < REWRITES; version++) {
        const isAwaited = version % BURST === BURST - 1 || version >= REWRITES - 2;
        const isValid = version % 2 === 0;
        if (isValid) {
          WRITERS[(version / 2) % WRITERS.length]?.(file, version);
        } else if (!isAwaited) {
          SPOILERS[version % SPOILERS.length]?.(file, version);
        }
        if (isValid && isAwaited) {
          const taken = new RegExp(`game\\.engagement\\.pointsPerMinute: \\S+ → ${version + 1};`);
          await says((msg) => taken.test(msg));
          since = bot.log.length;
          expect(await look()).toBe(version);
        } else if (isAwaited) {
          const spoil = AWAITED_SPOILERS[Math.floor(version / BURST / 2) % AWAITED_SPOILERS.length];
          const reason = spoil?.(file, version) ?? '';
          await says((msg) => msg.startsWith('The configuration cannot be used') && msg.includes(reason));
          await look();
        }
        await setImmediate();
      }
      isOver = true;
    };
    await Promise.all([rewrite(), ...load]);

    // The last valid version was waited for, and what came after it was refused.
    expect(await look()).toBe(REWRITES - 2);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(new Set(seen).size).toBeGreaterThan(1);
    expect(answers).toBeGreaterThan(REWRITES / BURST);
    const troubles = bot.log.filter(
      ({ level, msg }) => level === 'error' && !msg.startsWith('The configuration cannot'),
    );
    expect(troubles).toEqual([]);
    expect(discord.refusals).toEqual([]);
    expect(stage.discrepancies()).toEqual([]);
    expect(await bot.stop()).toBe(0);
  },
  TIMEOUT,
);
