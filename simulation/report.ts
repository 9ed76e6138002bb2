import { RARITIES } from '../src/events/rarity.ts';
import { spanOf } from '../src/game/content/check/graph.ts';
import { CATEGORIES, type Category } from '../src/game/content/schema.ts';
import { CRAFTING_XP } from '../src/game/progression/progression.ts';
import { HOUR } from './clock.ts';
import type { Count } from './figures.ts';
import type { Resident, Simulation } from './simulate.ts';
import { STRATEGIES, type StrategyName } from './strategies.ts';

/** From so many of an item on, a pile is worth a word. */
const A_PILE = 200;

/** A pile is made of what is hardly used: more than this share of what ever came into the world lies around. */
const HARDLY_USED = 0.5;

/** Somebody is stuck when they found nothing under way and nothing to do for longer than this. */
const STUCK = 4 * HOUR;

/** Writes down what became of a town, as a page of Markdown. */
export function report(simulation: Simulation): string {
  return `${[
    heading(simulation),
    levels(simulation),
    tiers(simulation),
    xp(simulation),
    wealth(simulation),
    achievements(simulation),
    deadEnds(simulation),
    refusals(simulation),
  ].join('\n\n')}\n`;
}

function heading({ options, residents, figures, jobs, messages, complaints, took }: Simulation): string {
  const actions = residents.reduce((total, resident) => total + resident.actions, 0);
  const verdict =
    complaints.length === 0
      ? 'The ledger equals the balances, nobody has less than nothing, and no listener owes anything.'
      : `**What must not be:**\n\n${complaints.map((complaint) => `- ${complaint}`).join('\n')}`;
  return `# Balance

Made by \`npm run simulate\`: do not edit. ${options.players} players lived in one server for ${options.days} days, with the real rules, listeners and jobs; only time jumps, and nobody reads the messages. The seed is \`${options.seed}\`; the same seed gives the same story.

${number(actions)} actions, ${number(jobs)} jobs, ${number(figures.events)} events, ${number(messages)} messages to the channel, in ${spanOf(took)}. ${verdict}

${table(
  ['strategy', 'players', 'how they play'],
  strategiesOf(residents).map((name) => [
    name,
    String(of(residents, name).length),
    STRATEGIES[name].description,
  ]),
)}`;
}

function levels({ residents, levels }: Simulation): string {
  const days = milestonesOf(levels.length);
  const rows = strategiesOf(residents).map((name) => [
    name,
    ...days.map((day) => quantiles(levelsOf(residents, levels[day - 1] ?? [], name))),
  ]);
  const drawn = (['keen', 'casual', 'chatter'] as const).filter((name) => of(residents, name).length > 0);
  const lines = drawn.map(
    (name) => `  line [${levels.map((day) => median(levelsOf(residents, day, name))).join(', ')}]`,
  );
  return `## Levels

The level at the end of a day: the lower quarter, the middle and the upper quarter of the players.

${table(['strategy', ...days.map((day) => `day ${day}`)], rows)}

The middle ones of ${drawn.join(', ')} (from the top):

\`\`\`mermaid
xychart-beta
  title "Level by day"
  x-axis "day" 1 --> ${levels.length}
  y-axis "level"
${lines.join('\n')}
\`\`\``;
}

function tiers({ options, residents, figures }: Simulation): string {
  const made: Category[] = CATEGORIES.filter((category) => category !== 'raw');
  const rows = strategiesOf(residents).map((name) => [
    name,
    ...made.map((category) => {
      const times = of(residents, name).flatMap(({ userId, arrives }) => {
        const firsts = figures.firsts.filter(
          (first) => first.userId === userId && options.catalog.item(first.itemId).category === category,
        );
        return firsts.length === 0 ? [] : [Math.min(...firsts.map(({ at }) => at)) - arrives];
      });
      const share = times.length / of(residents, name).length;
      return times.length === 0 ? 'never' : `${spanOf(median(times))} (${percent(share)})`;
    }),
  ]);
  return `## The first of each tier

How long the middle player of those who made one had been there, and how many that were.

${table(['strategy', ...made], rows)}`;
}

function xp({ figures }: Simulation): string {
  const total = sum(figures.xpSources);
  const slices = figures.xpSources.map(({ name, count }) => `  "${name}" : ${count}`);
  return `## Where XP comes from

\`\`\`mermaid
pie title XP by source
${slices.join('\n')}
\`\`\`

${table(
  ['source', 'XP', 'share'],
  figures.xpSources.map(({ name, count }) => [name, number(count), percent(count / total)]),
)}`;
}

function wealth({ options, residents, figures }: Simulation): string {
  const { catalog } = options;
  const rarityOf = (itemId: string) => catalog.item(itemId).rarity;
  const held = RARITIES.map((rarity) =>
    sum(figures.held.filter(({ name }) => catalog.items.has(name) && rarityOf(name) === rarity)),
  );
  const rows = RARITIES.map((rarity, index) => {
    const crafted = figures.crafted.find((each) => each.rarity === rarity);
    return [rarity, number(crafted?.count ?? 0), number(crafted?.masterworks ?? 0), number(held[index] ?? 0)];
  });
  const worth = residents.map(({ userId }) =>
    figures.wealth
      .filter((row) => row.userId === userId)
      .reduce((total, { itemId, quantity }) => total + quantity * CRAFTING_XP[rarityOf(itemId)], 0),
  );
  return `## Wealth

${table(['rarity', 'crafted', 'of it by masterworks', 'held at the end'], rows)}

The Gini coefficient of what players have (each item worth the XP of its rarity) is ${gini(worth).toFixed(2)}: 0 means that all have the same, 1 that one has everything. The lower quarter, the middle and the upper quarter have ${quantiles(worth)}.`;
}

function achievements({ options, residents, figures }: Simulation): string {
  const earned = new Map(figures.achievements.map(({ name, count }) => [name, count]));
  const rows = [...options.catalog.achievements.values()].map(({ id, emoji, tier, goal }) => [
    `${emoji} ${id}`,
    tier,
    number(goal),
    percent((earned.get(id) ?? 0) / residents.length),
  ]);
  return `## Achievements

${table(['achievement', 'tier', 'goal', 'earned by'], rows)}`;
}

function deadEnds(simulation: Simulation): string {
  const { options, figures, residents } = simulation;
  const { catalog } = options;
  const list = (ids: readonly string[]) =>
    ids.length === 0 ? 'none' : ids.map((id) => `\`${id}\``).join(', ');
  const never = (ids: Iterable<string>, counts: readonly Count[]) => {
    const seen = new Set(counts.map(({ name }) => name));
    return [...ids].filter((id) => !seen.has(id));
  };
  const stuck = residents.filter(({ longestStuck }) => longestStuck > STUCK);
  return `## Dead ends

- Items that nobody ever had: ${list(never(catalog.items.keys(), figures.produced))}
- Recipes that nobody ever made: ${list(never(catalog.recipes.keys(), figures.recipes))}
- Places where nobody ever went: ${list(never(catalog.places.keys(), figures.places))}
- Players who found nothing under way and nothing to do for more than ${spanOf(STUCK)}: ${stuck.length === 0 ? 'none' : `${stuck.length} (${stuck.map(({ strategy }) => strategy).join(', ')})`}

What piles up: materials of which more than ${percent(HARDLY_USED)} of all that ever came into the world lie around at the end.

${piles(simulation)}

How often places were visited, and the recipes that were made most and least:

${table(
  ['place', 'trips'],
  figures.places.map(({ name, count }) => [name, number(count)]),
)}

${table(
  ['most', 'crafts', 'least', 'crafts'],
  figures.recipes.slice(0, 12).map(({ name, count }, index) => {
    const least = figures.recipes.at(-1 - index);
    return [name, number(count), least?.name ?? '', number(least?.count ?? 0)];
  }),
)}`;
}

function piles({ options, figures }: Simulation): string {
  const held = new Map(figures.held.map(({ name, count }) => [name, count]));
  const rows = figures.produced
    .map(({ name, count }) => ({ name, produced: count, left: held.get(name) ?? 0 }))
    .filter(({ name }) =>
      ['raw', 'refined', 'component'].includes(options.catalog.items.get(name)?.category ?? ''),
    )
    .filter(({ produced, left }) => left >= A_PILE && left / produced > HARDLY_USED)
    .sort((one, other) => other.left - one.left)
    .map(({ name, produced, left }) => [name, number(produced), number(left), percent(left / produced)]);
  return rows.length === 0
    ? 'Nothing does.'
    : table(['material', 'came into the world', 'lies around', 'share'], rows);
}

function refusals({ refusals }: Simulation): string {
  const rows = [...refusals]
    .sort(([, one], [, other]) => other - one)
    .map(([code, count]) => [code, number(count)]);
  return `## What players were refused

${table(['refusal', 'times'], rows)}`;
}

function strategiesOf(residents: readonly Resident[]): StrategyName[] {
  const there = new Set(residents.map(({ strategy }) => strategy));
  return (Object.keys(STRATEGIES) as StrategyName[]).filter((name) => there.has(name));
}

function of(residents: readonly Resident[], name: StrategyName): Resident[] {
  return residents.filter(({ strategy }) => strategy === name);
}

function levelsOf(residents: readonly Resident[], day: readonly number[], name: StrategyName): number[] {
  return day.filter((_level, index) => residents[index]?.strategy === name);
}

/** The days of which the report tells: the first, then about one a week, and the last. */
function milestonesOf(days: number): number[] {
  return [...new Set([1, 3, 7, 14, 21, days])].filter((day) => day <= days);
}

function quantiles(values: readonly number[]): string {
  return [0.25, 0.5, 0.75].map((share) => number(quantile(values, share))).join(' · ');
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** How unequally something is shared: the mean difference between two, over twice the mean. */
export function gini(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const total = sorted.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, value, index) => sum + (index + 1) * value, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

function sum(counts: readonly Count[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
