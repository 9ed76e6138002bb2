/** What doing something once changes, on average: what it brings is above zero, what it takes below. */
export type Exchange = ReadonlyMap<string, number>;

/** A price for everything, at which nothing that can be done makes value. */
export interface Prices {
  readonly fair: true;
  readonly prices: ReadonlyMap<string, number>;
}

/** How often to do what, in the order of the exchanges, so that in the end nothing is lost and something is gained. */
export interface Loop {
  readonly fair: false;
  readonly times: readonly number[];
}

/** What is smaller than this came from the rounding of the machine's numbers. */
const NOTHING = 1e-9;

/**
 * Looks for a price of at least 1 for everything, so that no exchange makes value. Where there is none, Farkas' lemma
 * says that there is a loop instead: exchanges that together take nothing and bring something. One of the two exists,
 * and never both.
 *
 * Both answers are their own proof and are checked before they are given, so that nobody has to trust the arithmetic:
 * prices by multiplying them out, a loop by adding up what it does.
 *
 * It is the dual simplex method on "the smallest sum of prices". All prices at 1 are optimal before anything is asked
 * of them, so it can start at once; and where it gets stuck, the row in which it does is the loop. Ties are decided by
 * the smallest index (Bland), so that it ends.
 *
 * @throws Error when rounding has spoiled the answer
 */
export function findPrices(goods: readonly string[], exchanges: readonly Exchange[]): Prices | Loop {
  const outcome = solve(goods, exchanges);
  requireProof(goods, exchanges, outcome);
  return outcome;
}

/**
 * A table of equations: each row says that its basic variable, plus the row's numbers times the others, is its bound.
 * The variables are first what each price is above 1, then how much value each exchange destroys.
 */
interface Tableau {
  readonly rows: number[][];
  readonly bounds: number[];
  readonly costs: number[];
  /** The variable that each row is solved for. */
  readonly basic: number[];
  /** The variable of each column. */
  readonly others: number[];
}

function solve(goods: readonly string[], exchanges: readonly Exchange[]): Prices | Loop {
  const tableau: Tableau = {
    rows: exchanges.map((exchange) => goods.map((good) => exchange.get(good) ?? 0)),
    bounds: exchanges.map((exchange) => -sum(exchange.values())),
    costs: goods.map(() => 1),
    basic: exchanges.map((_, index) => goods.length + index),
    others: goods.map((_, index) => index),
  };
  for (let row = brokenRow(tableau); row !== undefined; row = brokenRow(tableau)) {
    const column = cheapestColumn(tableau, row);
    if (column === undefined) return loopOf(tableau, row, goods.length, exchanges.length);
    pivot(tableau, row, column);
  }
  const above = new Map(tableau.basic.map((variable, row) => [variable, tableau.bounds[row] ?? 0]));
  return { fair: true, prices: new Map(goods.map((good, index) => [good, 1 + (above.get(index) ?? 0)])) };
}

/** A row that asks for something below zero; of several the one of the first variable. */
function brokenRow({ bounds, basic }: Tableau): number | undefined {
  return bounds
    .map((bound, row) => ({ bound, row }))
    .filter(({ bound }) => bound < -NOTHING)
    .sort((one, other) => (basic[one.row] ?? 0) - (basic[other.row] ?? 0))[0]?.row;
}

/** The variable that mends a row at the least cost. */
function cheapestColumn({ rows, costs, others }: Tableau, row: number): number | undefined {
  const ratios = (rows[row] ?? []).flatMap((number, column) =>
    number < -NOTHING ? [{ column, ratio: (costs[column] ?? 0) / -number }] : [],
  );
  const least = Math.min(...ratios.map(({ ratio }) => ratio));
  return ratios
    .filter(({ ratio }) => ratio <= least + NOTHING)
    .sort((one, other) => (others[one.column] ?? 0) - (others[other.column] ?? 0))[0]?.column;
}

/** Solves a row for the variable of a column, and puts that into all other rows. */
function pivot({ rows, bounds, costs, basic, others }: Tableau, row: number, column: number): void {
  const pivotRow = rows[row] ?? [];
  const divisor = pivotRow[column] ?? 0;
  for (let each = 0; each < pivotRow.length; each++) pivotRow[each] = (pivotRow[each] ?? 0) / divisor;
  pivotRow[column] = 1 / divisor;
  bounds[row] = (bounds[row] ?? 0) / divisor;
  const replaceIn = (numbers: number[]): number => {
    const factor = numbers[column] ?? 0;
    if (factor === 0) return 0;
    numbers[column] = 0;
    for (let each = 0; each < numbers.length; each++) {
      numbers[each] = (numbers[each] ?? 0) - factor * (pivotRow[each] ?? 0);
    }
    return factor;
  };
  rows.forEach((numbers, each) => {
    if (each !== row) bounds[each] = (bounds[each] ?? 0) - replaceIn(numbers) * (bounds[row] ?? 0);
  });
  replaceIn(costs);
  [basic[row], others[column]] = [others[column] ?? 0, basic[row] ?? 0];
}

/** The exchanges that were added up into a row which cannot be mended. */
function loopOf({ rows, basic, others }: Tableau, row: number, goods: number, exchanges: number): Loop {
  const times = new Array<number>(exchanges).fill(0);
  const add = (variable: number | undefined, amount: number) => {
    if (variable !== undefined && variable >= goods) times[variable - goods] = Math.max(0, amount);
  };
  add(basic[row], 1);
  others.forEach((variable, column) => {
    add(variable, rows[row]?.[column] ?? 0);
  });
  return { fair: false, times };
}

/** @throws Error when prices let an exchange make value, or a loop loses something or gains nothing */
function requireProof(
  goods: readonly string[],
  exchanges: readonly Exchange[],
  outcome: Prices | Loop,
): void {
  const isProven = outcome.fair
    ? exchanges.every((exchange) => worthOf(exchange, outcome.prices) <= tolerance(exchange, outcome.prices))
    : isGain(goods.map((good) => netOf(good, exchanges, outcome.times)));
  if (!isProven) throw new Error('Rounding has spoiled the search for loops: its answer is no proof.');
}

function isGain(changes: readonly number[]): boolean {
  const greatest = Math.max(...changes);
  return greatest > NOTHING && changes.every((change) => change > -NOTHING * Math.max(1, greatest));
}

/** What a loop changes of one thing. */
export function netOf(good: string, exchanges: readonly Exchange[], times: readonly number[]): number {
  return sum(exchanges.map((exchange, index) => (exchange.get(good) ?? 0) * (times[index] ?? 0)));
}

function worthOf(exchange: Exchange, prices: ReadonlyMap<string, number>): number {
  return sum([...exchange].map(([good, change]) => change * (prices.get(good) ?? 0)));
}

function tolerance(exchange: Exchange, prices: ReadonlyMap<string, number>): number {
  return 1e-7 * sum([...exchange].map(([good, change]) => Math.abs(change * (prices.get(good) ?? 0))));
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
