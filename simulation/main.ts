import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '../src/config/load.ts';
import { spanOf } from '../src/game/content/check/graph.ts';
import { loadCatalog } from '../src/game/content/load.ts';
import { report } from './report.ts';
import { simulate } from './simulate.ts';

/** Lets a town live and writes down what became of it: `npm run simulate`, `npm run simulate -- --players 20 --days 5`. */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '200' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: 'forgeling' },
    to: { type: 'string', default: join(PROJECT_ROOT, 'docs/balance.md') },
  },
});
const players = wholeNumber('players', values.players);
const days = wholeNumber('days', values.days);
const startedAt = performance.now();

console.log(`${players} players, ${days} days, seed "${values.seed}"`);
const simulation = await simulate({
  catalog: loadCatalog(join(PROJECT_ROOT, 'data/content')),
  players,
  days,
  seed: values.seed,
  onDay: (day, actions) => {
    const bar = '█'.repeat(Math.round((day / days) * 30)).padEnd(30, '░');
    const took = spanOf(performance.now() - startedAt);
    console.log(`${bar} day ${day} of ${days} · ${actions.toLocaleString('en-US')} actions · ${took}`);
  },
});
const file = resolve(values.to);
writeFileSync(file, report(simulation));
console.log(`Written: ${relative(PROJECT_ROOT, file)}`);
for (const complaint of simulation.complaints) console.error(complaint);
// discord.js keeps timers that nobody waits for.
process.exit(simulation.complaints.length === 0 ? 0 : 1);

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  console.error(`--${name} asks for a whole number above 0, and "${text}" is none.`);
  process.exit(2);
}
