import { EventEmitter } from 'node:events';
import {
  type GapNote,
  MOST_ROWS,
  type Note,
  type RequestNote,
  type RunNote,
  type StateNote,
  type TransactionNote,
} from '../../src/ops/inspection/notes.ts';
import type { Trail } from '../page/protocol.ts';
import { type NewStep, type Spot, TrailBuilder, type TrailStart } from './trailBuilder.ts';
import { addTransaction } from './transactionSteps.ts';

/** So many stories are kept. */
export const MOST_TRAILS = 200;

interface Run {
  readonly spot: Spot;
  readonly key: string;
  /** Where it was asked for what is carried out. */
  readonly jobs: readonly Spot[];
}

interface TrailEvents {
  changed: [TrailBuilder];
}

/**
 * What happens in the bot, as stories. A story begins with an interaction, or where there is none with a job or a start;
 * a job belongs to the story that asked for it last, however often the bot is started anew in between.
 */
export class Trails extends EventEmitter<TrailEvents> {
  /** The oldest first. */
  readonly #trails: TrailBuilder[] = [];
  readonly #interactions = new Map<string, Spot>();
  /** Where each job that was not carried out yet was asked for, by its key; the last one last. */
  readonly #jobs = new Map<string, Spot[]>();
  /** What runs, by its number. */
  readonly #runs = new Map<number, Run>();
  #start: Spot | undefined;
  /** Where it is told what the bot could not tell. */
  #gaps: Spot | undefined;
  /** Whether runs may have come and gone unseen since the bot told last what it waits for. */
  #isUnsure = false;
  #count = 0;

  /** The newest first. */
  list(most: number): Trail[] {
    const newest = this.#trails.slice(-most).map((trail) => trail.view());
    return newest.reverse();
  }

  /** Begins the story of an interaction. */
  beginInteraction(interactionId: string, start: Omit<TrailStart, 'id'>): void {
    this.#interactions.set(interactionId, this.#begin(start));
  }

  /** Where the story of an interaction begins. */
  interaction(interactionId: string): Spot | undefined {
    return standing(this.#interactions.get(interactionId));
  }

  add({ trail, stepId }: Spot, step: NewStep): Spot {
    const spot = trail.add(stepId, step);
    this.#changed(spot);
    return spot;
  }

  change(spot: Spot, change: Partial<NewStep>): void {
    spot.trail.change(spot.stepId, change);
    this.#changed(spot);
  }

  rename({ trail }: Spot, title: string): void {
    trail.rename(title);
    this.#changed(trail.root);
  }

  /** Takes what the bot tells. */
  note(note: Note): void {
    if (note.kind === 'start') {
      const title = 'Start of the bot';
      this.#start = this.#begin({
        title,
        root: { kind: 'run', title, state: 'done', at: note.at, payload: { pid: note.pid } },
      });
    }
    if (note.kind === 'transaction') this.#transaction(note);
    if (note.kind === 'run') this.#run(note);
    if (note.kind === 'gap') this.#gap(note);
    if (note.kind === 'state') this.#state(note);
  }

  /** Where a request to Discord belongs: to a run, or else to the start. */
  placeOf({ within, path }: RequestNote): Spot | undefined {
    if (within !== undefined) return this.#running(within)?.spot;
    const isAboutAnInteraction = /^\/(interactions|webhooks)\//.test(path);
    return isAboutAnInteraction ? undefined : standing(this.#start);
  }

  /** The bot is no more: what it was at has failed, and is waited for again. */
  botEnded(how: string): void {
    this.#isUnsure = true;
    for (const [number, { spot, key, jobs }] of this.#runs) {
      this.#runs.delete(number);
      this.change(spot, { state: 'failed', error: how });
      for (const job of jobs) this.change(job, { state: 'waiting' });
      this.#awaitAgain(key, jobs);
    }
  }

  #transaction(note: TransactionNote): void {
    const { interactionId = '', within = '', cause, events, jobs, outcome } = note;
    const spot =
      this.interaction(interactionId) ??
      this.#running(within)?.spot ??
      this.#about(cause) ??
      this.#joined(note);
    const isAboutNothing = events.length + jobs.length === 0 && outcome === 'committed';
    if (!spot && isAboutNothing) return;
    const parent = spot ?? this.#beginByItself(note);
    for (const job of addTransaction(parent, note)) this.#await(job.key, job.spot);
    this.#changed(parent);
  }

  /** Causes say what they are about: `due:CRAFT`, `inbox:INTERACTION`, `start of backups`. */
  #about(cause: string): Spot | undefined {
    if (/^(start|connected)\b/.test(cause)) return standing(this.#start);
    for (const part of cause.split(/[:/]/)) {
      const spot = this.interaction(part) ?? this.#jobWithId(part);
      if (spot) return spot;
    }
    return undefined;
  }

  /** Where nothing happens but that jobs are asked for which a story waits for already, this belongs to it. */
  #joined({ events, jobs }: TransactionNote): Spot | undefined {
    if (events.length > 0) return undefined;
    const spots = jobs.map(({ key }) => this.#asked(key).at(-1));
    const [first] = spots;
    return spots.every((spot) => spot?.trail === first?.trail) ? first : undefined;
  }

  #beginByItself({ cause, at, took }: TransactionNote): Spot {
    const title = cause.split(':')[0] ?? cause;
    return this.#begin({ title, root: { kind: 'run', title, state: 'done', at, took, payload: { cause } } });
  }

  #run(note: RunNote): void {
    const { run: number, key, task, state, at } = note;
    if (state === 'started') {
      const jobs = this.#asked(key);
      this.#jobs.delete(key);
      const step = { kind: 'run', title: task, state: 'running', at, payload: { key } } as const;
      const last = jobs.at(-1);
      const spot =
        last && !last.trail.isFull ? this.add(last, step) : this.#begin({ title: task, root: step });
      this.#runs.set(number, { spot, key, jobs });
      for (const job of jobs) this.change(job, { state: 'running' });
      return;
    }
    const run = this.#runs.get(number);
    if (!run) return;
    this.#runs.delete(number);
    const { took, error } = note;
    const told = { ...(took === undefined ? {} : { took }), ...(error === undefined ? {} : { error }) };
    const became = state === 'ended' ? 'done' : 'failed';
    this.change(run.spot, { state: became, ...told });
    for (const job of run.jobs) this.change(job, { state: became });
    if (state === 'failed') this.#awaitAgain(key, run.jobs.length > 0 ? run.jobs : [run.spot]);
  }

  /** Stories of that time have holes: nobody knows which. */
  #gap({ left, runs }: GapNote): void {
    this.#isUnsure = true;
    for (const [number, run] of this.#runs) if (!runs.includes(number)) this.#endedUnseen(number, run);
    const title = `${left} ${left === 1 ? 'note was' : 'notes were'} left out`;
    const step = { kind: 'run', title, state: 'failed', at: Date.now() } as const;
    const gaps = standing(this.#gaps);
    if (gaps) this.add(gaps, step);
    else this.#gaps = this.#begin({ title: 'The bot told more than could be read', root: step });
  }

  /** It was done, or it has failed: then it is run again, which belongs to the same story. */
  #endedUnseen(number: number, { spot, key, jobs }: Run): void {
    this.#runs.delete(number);
    for (const each of [spot, ...jobs]) this.change(each, { state: 'unseen' });
    this.#awaitAgain(key, jobs);
  }

  /** Whatever the bot no longer waits for is over. Of many jobs it tells only the next ones: then nobody knows. */
  #state({ outbox }: StateNote): void {
    if (!this.#isUnsure || outbox.length >= MOST_ROWS) return;
    this.#isUnsure = false;
    const waitedFor = new Set(outbox.map(({ task, id }) => `${task}:${id}`));
    for (const key of this.#jobs.keys()) {
      if (waitedFor.has(key)) continue;
      for (const job of this.#asked(key)) this.change(job, { state: 'unseen' });
      this.#jobs.delete(key);
    }
  }

  /** A job is asked for in a story, which has its run from now on. */
  #await(key: string, spot: Spot): void {
    this.#jobs.set(key, [...this.#asked(key), spot]);
  }

  /** What was not carried out is waited for again; what was asked for since stays the last. */
  #awaitAgain(key: string, spots: readonly Spot[]): void {
    this.#jobs.set(key, [...spots, ...this.#asked(key)]);
  }

  #asked(key: string): Spot[] {
    return (this.#jobs.get(key) ?? []).filter(({ trail }) => !trail.isGone);
  }

  #jobWithId(id: string): Spot | undefined {
    for (const key of this.#jobs.keys()) if (key.endsWith(`:${id}`)) return this.#asked(key).at(-1);
    return undefined;
  }

  #running(key: string): Run | undefined {
    return [...this.#runs.values()].findLast((run) => run.key === key);
  }

  #begin(start: Omit<TrailStart, 'id'>): Spot {
    const trail = new TrailBuilder({ ...start, id: `${start.root.at}-${++this.#count}` });
    this.#trails.push(trail);
    while (this.#trails.length > MOST_TRAILS) this.#forget(this.#trails.shift());
    this.#changed(trail.root);
    return trail.root;
  }

  #forget(trail: TrailBuilder | undefined): void {
    if (!trail) return;
    trail.isGone = true;
    for (const [id, spot] of this.#interactions) if (spot.trail === trail) this.#interactions.delete(id);
    for (const key of this.#jobs.keys()) {
      const asked = this.#asked(key);
      if (asked.length > 0) this.#jobs.set(key, asked);
      else this.#jobs.delete(key);
    }
  }

  #changed({ trail }: Spot): void {
    if (trail.hasChanged() && !trail.isGone) this.emit('changed', trail);
  }
}

function standing(spot: Spot | undefined): Spot | undefined {
  return spot?.trail.isGone ? undefined : spot;
}
