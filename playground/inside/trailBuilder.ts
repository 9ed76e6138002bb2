import { bounded } from '../../src/ops/inspection/notes.ts';
import type { Trail, TrailStep } from '../page/protocol.ts';

/** No story has more steps than these. */
export const MOST_STEPS = 500;

/** A place in a story. */
export interface Spot {
  readonly trail: TrailBuilder;
  readonly stepId: string;
}

export type NewStep = Omit<TrailStep, 'id' | 'parentId'>;

export interface TrailStart {
  readonly id: string;
  readonly title: string;
  readonly userId?: string | null;
  readonly channelId?: string | null;
  readonly root: NewStep;
}

/** The story of one action, as far as it is known. */
export class TrailBuilder {
  readonly id: string;
  readonly root: Spot;
  /** Forgotten: nothing is added any more. */
  isGone = false;
  readonly #channelId: string | null;
  readonly #steps = new Map<string, TrailStep>();
  /** The ids of the steps that are new or changed since the news were told. */
  readonly #untold = new Set<string>();
  #title: string;
  #userId: string | null;
  #count = 0;
  #isChanged = false;

  constructor({ id, title, userId = null, channelId = null, root }: TrailStart) {
    this.id = id;
    this.#title = title;
    this.#userId = userId;
    this.#channelId = channelId;
    const rootStep = { ...limited(root), id: this.#nextId(), parentId: null };
    this.#put(rootStep);
    this.root = { trail: this, stepId: rootStep.id };
  }

  get isFull(): boolean {
    return this.#steps.size >= MOST_STEPS;
  }

  /** Adds a step that another one led to. @returns where it is; of a story that is full, the other one */
  add(parentId: string, step: NewStep): Spot {
    if (this.isFull) return { trail: this, stepId: parentId };
    const added = { ...limited(step), id: this.#nextId(), parentId };
    this.#put(added);
    return { trail: this, stepId: added.id };
  }

  change(stepId: string, change: Partial<NewStep>): void {
    const step = this.#steps.get(stepId);
    if (!step) return;
    this.#put({ ...step, ...limited(change) });
  }

  step(stepId: string): TrailStep | undefined {
    return this.#steps.get(stepId);
  }

  rename(title: string): void {
    this.#title = title;
    this.change(this.root.stepId, { title });
  }

  /** Says who it is about, where that was not known from the beginning. */
  isAbout(userId: string | null): void {
    this.#userId ??= userId;
  }

  /** Whether it is another one than when this was asked last. */
  hasChanged(): boolean {
    const isChanged = this.#isChanged;
    this.#isChanged = false;
    return isChanged;
  }

  /** The whole story. */
  view(): Trail {
    return this.#with([...this.#steps.values()]);
  }

  /** The story with only those steps that are new or changed since this was asked last. */
  news(): Trail {
    const steps = [...this.#steps.values()].filter(({ id }) => this.#untold.has(id));
    this.#untold.clear();
    return this.#with(steps);
  }

  #with(steps: readonly TrailStep[]): Trail {
    const [first] = this.#steps.values();
    return {
      id: this.id,
      title: this.#title,
      userId: this.#userId,
      channelId: this.#channelId,
      at: first?.at ?? 0,
      steps,
    };
  }

  #put(step: TrailStep): void {
    this.#steps.set(step.id, step);
    this.#untold.add(step.id);
    this.#isChanged = true;
  }

  #nextId(): string {
    return String(++this.#count);
  }
}

/** A person can send much, and the bot can answer much: of a long payload, its beginning is shown. */
function limited<Step extends Partial<NewStep>>(step: Step): Step {
  return step.payload === undefined ? step : { ...step, payload: bounded(step.payload) };
}
