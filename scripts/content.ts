import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MILESTONE_LEVELS, type Progress } from '../simulation/progress.ts';
import type { ProgressRequest } from '../simulation/progress-worker.ts';
import { PROJECT_ROOT } from '../src/config/load.ts';
import { checkContent } from '../src/game/content/check/check.ts';
import { drawRecipes, spanOf } from '../src/game/content/check/graph.ts';
import { loadCatalog } from '../src/game/content/load.ts';
import { CATEGORIES } from '../src/game/content/schema.ts';

const USAGE = `npm run content -- check [--quick] [FOLDER]
npm run content -- graph

  check   refuses content that cannot be played, and says how fast players come along in it, which takes half a
          minute (--quick leaves that out); FOLDER is data/content if you leave it out
  graph   draws what is made of what into docs/recipes.md`;

const CONTENT = join(PROJECT_ROOT, 'data/content');
const LOCALES = join(PROJECT_ROOT, 'data/locales');
const DRAWING = join(PROJECT_ROOT, 'docs/recipes.md');

/** How long is played to see how fast players come along: what lies beyond is foreseen. */
const PLAYED = [
  { who: 'a casual player (three visits of ten minutes a day)', strategy: 'casual', days: 30 },
  { who: 'a keen player (looks every twenty minutes, ten hours a day)', strategy: 'keen', days: 20 },
] as const;

const [command, ...parameters] = process.argv.slice(2);
const quick = parameters.includes('--quick');
if (command === 'check') process.exitCode = await check(parameters.find((each) => each !== '--quick'));
else if (command === 'graph') process.exitCode = graph();
else {
  console.error(USAGE);
  process.exitCode = 2;
}

async function check(folder?: string): Promise<number> {
  const directory = folder === undefined ? CONTENT : resolve(folder);
  const { mistakes, warnings } = await checkContent(directory, LOCALES);
  const shown = (text: string) => text.replaceAll(`${PROJECT_ROOT}`, '');
  for (const warning of warnings) console.warn(`Look at this: ${shown(warning)}`);
  for (const mistake of mistakes) console.error(shown(mistake));
  if (mistakes.length > 0) {
    console.error(mistakes.length === 1 ? 'One mistake.' : `${mistakes.length} mistakes.`);
    return 1;
  }
  if (directory === CONTENT && !isDrawn()) {
    console.error(
      `${relative(PROJECT_ROOT, DRAWING)} shows other recipes: run \`npm run content -- graph\`.`,
    );
    return 1;
  }
  const { items, recipes, places, achievements } = loadCatalog(directory);
  console.log(
    `${items.size} items, ${recipes.size} recipes, ${places.size} places and ${achievements.size} achievements: all can be had, made and earned, and nothing comes from nothing.`,
  );
  if (!quick) await showProgress(directory);
  return 0;
}

async function showProgress(directory: string): Promise<void> {
  // Each in a thread of its own: there is one town at a time in a thread, and a thread more is a processor more.
  const all = await Promise.all(PLAYED.map(({ strategy, days }) => play({ directory, strategy, days })));
  PLAYED.forEach(({ who, days }, index) => {
    const progress = all[index];
    if (!progress) return;
    const { tiers, levels, foreseen } = progress;
    const made = CATEGORIES.filter((category) => category !== 'raw').map((category) => {
      const time = tiers.get(category);
      return `${category} ${time === undefined ? `not in ${days} days` : spanOf(time)}`;
    });
    const reached = MILESTONE_LEVELS.map((level) => {
      const time = levels.get(level);
      return `level ${level} ${time === undefined ? `about ${spanOf(foreseen.get(level) ?? 0)}` : spanOf(time)}`;
    });
    console.log(`Until ${who} has the first of each tier: ${made.join(', ')}; and ${reached.join(', ')}.`);
  });
}

function play(request: ProgressRequest): Promise<Progress> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../simulation/progress-worker.ts', import.meta.url), {
      workerData: request,
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function graph(): number {
  writeFileSync(DRAWING, drawing());
  console.log(`Drawn: ${relative(PROJECT_ROOT, DRAWING)}`);
  return 0;
}

function isDrawn(): boolean {
  return existsSync(DRAWING) && readFileSync(DRAWING, 'utf8') === drawing();
}

function drawing(): string {
  const texts = { items: textsOf('items'), places: textsOf('places') };
  return drawRecipes(loadCatalog(CONTENT), (kind, id) => texts[kind][id]?.name ?? id);
}

function textsOf(file: string): Record<string, { name: string } | undefined> {
  const text = readFileSync(join(LOCALES, 'en-US', `${file}.json`), 'utf8');
  return JSON.parse(text) as Record<string, { name: string } | undefined>;
}
