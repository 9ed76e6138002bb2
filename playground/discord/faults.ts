/** A request as faults see it: `POST`, and the path without `/api/v10` and query, decoded. */
export interface RequestView {
  readonly method: string;
  readonly path: string;
}

// Which requests a fault is for: 'POST /channels/*/messages', where '*' stands for one segment and '**' for any number
// of them ('*' as the method: any), or a function.
export type RequestPattern = string | ((request: RequestView) => boolean);

/** When a fault strikes: before the request does anything, or when all is done and only the answer is missing. */
export type Phase = 'before' | 'after';

interface FaultOptions {
  /** How many requests it is for; without this it stays until it is removed. */
  readonly times?: number;
}

/** What a fault does. */
export type FaultAction =
  | {
      readonly do: 'answer';
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      /** Seconds, for 429. */
      readonly retryAfter?: number;
      readonly global?: boolean;
    }
  | { readonly do: 'hold'; readonly when: Phase }
  | { readonly do: 'slow'; readonly when: Phase; readonly milliseconds: number }
  | { readonly do: 'reset'; readonly when: Phase };

/** A fault that was switched on. */
export class Fault {
  readonly action: FaultAction;
  /** Resolves with the first request that it struck: it was refused, or is being held, or its connection was cut. */
  readonly reached: Promise<RequestView>;
  readonly #pattern: (request: RequestView) => boolean;
  readonly #onGone: (fault: Fault) => void;
  #struckFirst: (request: RequestView) => void = () => {};
  #left: number;
  #hits = 0;
  readonly #held = new Set<() => void>();

  constructor(
    pattern: RequestPattern,
    action: FaultAction,
    { times = Number.POSITIVE_INFINITY }: FaultOptions,
    onGone: (fault: Fault) => void,
  ) {
    this.#pattern = typeof pattern === 'string' ? matcher(pattern) : pattern;
    this.action = action;
    this.#left = times;
    this.#onGone = onGone;
    this.reached = new Promise((resolve) => {
      this.#struckFirst = resolve;
    });
  }

  /** How many requests it has struck. */
  get hits(): number {
    return this.#hits;
  }

  /** Switches it off, and lets go what it holds. */
  remove(): void {
    this.#onGone(this);
    for (const release of [...this.#held]) release();
  }

  /** The same as {@link remove}, as it reads better for what is held. */
  release(): void {
    this.remove();
  }

  [Symbol.dispose](): void {
    this.remove();
  }

  /** Whether it is for this request. */
  matches(request: RequestView): boolean {
    return this.#pattern(request);
  }

  /** Counts a request as struck. */
  strike(request: RequestView): void {
    this.#hits += 1;
    this.#left -= 1;
    if (this.#left <= 0) this.#onGone(this);
    this.#struckFirst(request);
  }

  /** Resolves when it lets go. */
  hold(): Promise<void> {
    return new Promise((resolve) => {
      const release = () => {
        this.#held.delete(release);
        resolve();
      };
      this.#held.add(release);
    });
  }
}

/** The switches for faults in what REST answers. The first that fits a request, in the order of switching on, strikes. */
export class Faults {
  readonly #active = new Set<Fault>();
  /** Also those that are used up but still hold a request. */
  readonly #made = new Set<Fault>();

  /** Answers with this status and code and does nothing else. */
  answer(
    pattern: RequestPattern,
    answer: Omit<Extract<FaultAction, { do: 'answer' }>, 'do'>,
    options: FaultOptions = {},
  ): Fault {
    return this.#add(pattern, { do: 'answer', ...answer }, options);
  }

  /**
   * Holds requests until {@link Fault.release}: before they are handled, or before the answer goes out. A request held
   * `before` whose connection ends meanwhile is never handled.
   */
  hold(pattern: RequestPattern, { when, ...options }: FaultOptions & { readonly when: Phase }): Fault {
    return this.#add(pattern, { do: 'hold', when }, options);
  }

  /** Makes requests take longer, in real time. */
  slow(
    pattern: RequestPattern,
    {
      milliseconds,
      when = 'before',
      ...options
    }: FaultOptions & { readonly milliseconds: number; readonly when?: Phase },
  ): Fault {
    return this.#add(pattern, { do: 'slow', when, milliseconds }, options);
  }

  /** Cuts the connection without an answer: nothing was done (`before`), or all was (`after`). */
  reset(pattern: RequestPattern, { when, ...options }: FaultOptions & { readonly when: Phase }): Fault {
    return this.#add(pattern, { do: 'reset', when }, options);
  }

  /** Switches everything off and lets go what is held. */
  clear(): void {
    for (const fault of [...this.#made]) fault.remove();
    this.#made.clear();
  }

  /** The fault that strikes this request now, counted. */
  strike(request: RequestView, phase: Phase): Fault | undefined {
    const fault = [...this.#active].find(
      (candidate) => phaseOf(candidate.action) === phase && candidate.matches(request),
    );
    fault?.strike(request);
    return fault;
  }

  #add(pattern: RequestPattern, action: FaultAction, options: FaultOptions): Fault {
    const fault = new Fault(pattern, action, options, (gone) => this.#active.delete(gone));
    this.#active.add(fault);
    this.#made.add(fault);
    return fault;
  }
}

function phaseOf(action: FaultAction): Phase {
  return action.do === 'answer' ? 'before' : action.when;
}

function matcher(pattern: string): (request: RequestView) => boolean {
  const [method, path] = pattern.split(' ');
  if (!method || !path?.startsWith('/')) {
    throw new Error(`"${pattern}" is not a method and a path, such as "POST /channels/*/messages"`);
  }
  const source = path
    .split('/')
    .map((segment) => {
      if (segment === '**') return '.+';
      if (segment === '*') return '[^/]+';
      return segment.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  const expression = new RegExp(`^${source}$`);
  return (request) => (method === '*' || method === request.method) && expression.test(request.path);
}
