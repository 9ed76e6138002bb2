import type { By, EventNote, RequestedJobNote, TransactionNote } from '../../src/ops/inspection/notes.ts';
import type { Spot } from './trailBuilder.ts';

/** A job that was asked for, and where its story says so. */
export interface AskedJob {
  readonly key: string;
  readonly spot: Spot;
}

/**
 * Tells of a transaction: each event with its listeners, and beneath each listener what it published and asked for.
 *
 * @returns the jobs that were asked for
 */
export function addTransaction(parent: Spot, note: TransactionNote): AskedJob[] {
  const { outcome, at, took, cause, error, more } = note;
  const { stepId } = parent.trail.add(parent.stepId, {
    kind: 'transaction',
    title: outcome === 'committed' ? 'Transaction' : 'Transaction, rolled back',
    state: outcome === 'committed' ? 'done' : 'failed',
    at,
    took,
    payload: { cause, ...(more > 0 ? { more } : {}) },
    ...(error === undefined ? {} : { error }),
  });
  return new TransactionSteps(parent.trail, note).add(stepId);
}

class TransactionSteps {
  readonly #trail: Spot['trail'];
  readonly #note: TransactionNote;
  /** The jobs by their keys: there is at most one waiting job for each. */
  readonly #asked = new Map<string, Spot>();

  constructor(trail: Spot['trail'], note: TransactionNote) {
    this.#trail = trail;
    this.#note = note;
  }

  add(stepId: string): AskedJob[] {
    this.#addMadeBy(stepId, undefined);
    return [...this.#asked].map(([key, spot]) => ({ key, spot }));
  }

  /** What a listener, or the action itself, published and asked for. */
  #addMadeBy(parentId: string, by: By | undefined): void {
    for (const event of this.#note.events) if (isBy(event, by)) this.#addEvent(parentId, event);
    for (const job of this.#note.jobs) if (isBy(job, by)) this.#addJob(parentId, job);
  }

  #addEvent(parentId: string, event: EventNote): void {
    const { id, name, data, guildId, userId, occurredAt, listeners } = event;
    const step = this.#trail.add(parentId, {
      kind: 'event',
      title: name,
      state: listeners.every(({ ok }) => ok) ? 'done' : 'failed',
      at: this.#note.at,
      payload: { id, guildId, userId, occurredAt, data },
    });
    this.#trail.isAbout(userId);
    for (const { name: listener, ok, at, took, error } of listeners) {
      const heard = this.#trail.add(step.stepId, {
        kind: 'listener',
        title: listener,
        state: ok ? 'done' : 'failed',
        at,
        took,
        ...(error === undefined ? {} : { error }),
      });
      this.#addMadeBy(heard.stepId, { eventId: id, listener });
    }
  }

  #addJob(parentId: string, { key, task, payload, dueAt }: RequestedJobNote): void {
    // What was rolled back is asked of nobody.
    if (this.#note.outcome !== 'committed' || this.#trail.isFull) return;
    const asked = this.#asked.get(key);
    if (asked) {
      this.#trail.change(asked.stepId, { dueAt, payload: { key, payload } });
      return;
    }
    const spot = this.#trail.add(parentId, {
      kind: 'job',
      title: task,
      state: 'waiting',
      at: this.#note.at,
      dueAt,
      payload: { key, payload },
    });
    this.#asked.set(key, spot);
  }
}

function isBy({ by }: { readonly by?: By }, wanted: By | undefined): boolean {
  return by?.eventId === wanted?.eventId && by?.listener === wanted?.listener;
}
