/** What the page's address begins with: the first line that holds it must be the one that announces it. */
const ADDRESS = 'http://127.0.0.1';
/** What steers a terminal or, outside of a stack, begins a new line of it. */
const STEERING = /(?!\t)\p{Cc}/gu;
const STEERING_IN_STACK = /(?![\t\n])\p{Cc}/gu;

/** Writes to the terminal; until the page is announced, lines with another local address are kept back. */
export class Terminal {
  readonly #write: (text: string) => void;
  #keptBack: string[] | undefined = [];

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** A line of the playground's own. */
  say(line: string): void {
    this.#put(line);
  }

  /** A line of the bot's. */
  bot(line: string): void {
    this.#put(`bot | ${readable(line)}`);
  }

  /** The page can be opened. */
  announce(url: string): void {
    this.#write(`\nThe playground is open: ${url}\nCtrl+C ends it.\n\n`);
    for (const line of this.#keptBack ?? []) this.#write(`${line}\n`);
    this.#keptBack = undefined;
  }

  #put(line: string): void {
    if (this.#keptBack && line.includes(ADDRESS)) this.#keptBack.push(line);
    else this.#write(`${line}\n`);
  }
}

/**
 * A line of the bot's log for people: what it says first, then what belongs to it. What steers a terminal stays
 * escaped, as it is in the JSON. Other lines stay as they are.
 */
function readable(line: string): string {
  const entry = parsed(line);
  if (typeof entry?.['msg'] !== 'string') return line;
  const { level, time: _time, msg, err, ...others } = entry;
  const details = Object.entries(others).map(([name, value]) => `${name}: ${wordsOf(value)}`);
  const urgency = level === 'info' ? '' : `${String(level).toUpperCase()} `;
  const belonging = details.length === 0 ? '' : ` (${details.join(', ')})`;
  const stack = err === undefined ? '' : `\n${stackOf(err).replaceAll(STEERING_IN_STACK, escaped)}`;
  return `${urgency}${msg}${belonging}`.replaceAll(STEERING, escaped) + stack;
}

function parsed(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>; // Each field is looked at before it is used.
  } catch {
    return undefined;
  }
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function stackOf(error: unknown): string {
  const stack = typeof error === 'object' && error !== null && 'stack' in error ? error.stack : error;
  return wordsOf(stack);
}

/** A character as JSON may write it: `\u001b`. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
