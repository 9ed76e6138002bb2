import type { Scene, Step } from '../../scenes/scene.ts';
import { bend, wordsFor } from '../server.ts';
import { changed, state } from '../state.ts';
import { Hands, inMessages } from './hands.ts';
import { SCENES } from './scenes.ts';
import { goAs, setStage } from './stage.ts';
import { until } from './until.ts';

/** How the scene that is played, or was played last, is doing. */
export interface Playing {
  readonly scene: Scene;
  readonly state: 'playing' | 'done' | 'failed' | 'stopped';
  /** What is going on, or why it failed. */
  readonly words: string;
  readonly step: number;
}

/** Milliseconds of a pause of weight 1, and how long words stand that are to be read. */
interface Pace {
  readonly pause: number;
  readonly perWord: number;
}

const PACES = { tour: { pause: 200, perWord: 260 }, fast: { pause: 0, perWord: 0 } } as const;

/** The event with which whoever takes pictures says that one was taken. */
const TAKEN = 'picture-taken';

let playing: Playing | undefined;
let stopped = false;

/** What is played. */
export function nowPlaying(): Playing | undefined {
  return playing;
}

/** Stops after the step that is under way. */
export function stopTour(): void {
  stopped = true;
}

/** Plays what the address asks for: `?scene=first-craft`, with `&pace=fast` for who does not read, `&pictures` to wait for each picture. */
export function playFromAddress(): void {
  const wanted = new URLSearchParams(location.search);
  const scene = SCENES.find(({ name }) => name === wanted.get('scene'));
  if (!scene) return;
  void play(scene, PACES[wanted.get('pace') === 'fast' ? 'fast' : 'tour'], wanted.has('pictures'));
}

/** Plays a scene from its beginning to its end. Never throws: how it went stands in {@link nowPlaying}. */
export async function play(scene: Scene, pace: Pace = PACES.tour, takesPictures = false): Promise<void> {
  if (playing?.state === 'playing') return;
  stopped = false;
  const speed = state.world?.bending.speed ?? 1;
  show({ scene, state: 'playing', words: scene.summary, step: 0 });
  try {
    await until('The bot being ready', isReady);
    await setStage(scene);
    const player = new Player(pace, takesPictures);
    for (const [index, step] of scene.steps.entries()) {
      if (stopped) break;
      show({
        scene,
        state: 'playing',
        words: step.do === 'tell' ? step.words : (playing?.words ?? ''),
        step: index + 1,
      });
      await player.do(step);
    }
    show({
      scene,
      state: stopped ? 'stopped' : 'done',
      words: stopped ? 'Stopped.' : 'That was it. Go on from here as you like.',
      step: scene.steps.length,
    });
  } catch (error) {
    show({
      scene,
      state: 'failed',
      words: `Step ${playing?.step}: ${wordsFor(error)}`,
      step: playing?.step ?? 0,
    });
  } finally {
    await bend('speed', { factor: speed }).catch(() => undefined);
  }
}

class Player {
  readonly #pace: Pace;
  readonly #takesPictures: boolean;
  readonly #hands: Hands;
  /** Messages, with their revision, whose words were seen already. */
  readonly #seen = new Set<string>();

  constructor(pace: Pace, takesPictures: boolean) {
    this.#pace = pace;
    this.#takesPictures = takesPictures;
    this.#hands = new Hands((weight) => wait(weight * pace.pause));
  }

  /** @throws Error when it could not be done, or was not seen */
  do(step: Step): Promise<unknown> {
    switch (step.do) {
      case 'tell':
        return wait(step.words.split(' ').length * this.#pace.perWord);
      case 'be':
        return goAs(step.who, step.where);
      case 'say':
        return this.#hands.say(step.words);
      case 'command':
        return this.#hands.command(step.text, step.options);
      case 'press':
        return this.#hands.press(step.label);
      case 'choose':
        return this.#hands.choose(step.option);
      case 'submit':
        return this.#hands.submit(step.values);
      case 'see':
        return until(`“${step.words}”`, () => this.#see(step.words));
      case 'miss':
        return this.#miss(step.words);
      case 'speed':
        return bend('speed', { factor: step.factor });
      case 'bend':
        return step.what === 'finish'
          ? bend('finish', { server: state.serverId ?? '' })
          : bend(step.what, {});
      case 'await':
        return until(`The bot being ${step.bot}`, () => isReady() === (step.bot === 'ready'));
      case 'panel':
        state.panel = step.panel;
        changed();
        return wait(this.#pace.pause);
      case 'picture':
        return this.#picture(step.name);
    }
  }

  #see(words: string): boolean {
    const found = inMessages('discord-message').find(
      (each) => each.textContent?.includes(words) && !this.#seen.has(revisionOf(each)),
    );
    if (found) this.#seen.add(revisionOf(found));
    return found !== undefined;
  }

  async #miss(words: string): Promise<void> {
    if (inMessages('discord-message').some(({ textContent }) => textContent?.includes(words)))
      throw new Error(`“${words}” is seen, and should not be`);
  }

  /** Waits until the picture is taken, where somebody takes one. */
  async #picture(name: string): Promise<void> {
    if (!this.#takesPictures) return;
    const taken = new Promise((resolve) => addEventListener(TAKEN, resolve, { once: true }));
    document.documentElement.dataset['picture'] = name;
    await taken;
    delete document.documentElement.dataset['picture'];
  }
}

/** Whether the bot answers, and what it was asked for is done when it is due. */
function isReady(): boolean {
  const queueRuns = state.inside?.queue.connected ?? true;
  return state.world?.bot.state === 'ready' && queueRuns;
}

/** A message at one state of its life: what changed can be seen anew. */
function revisionOf(element: HTMLElement): string {
  const item = element.closest('li');
  return `${item?.id}/${item?.textContent}`;
}

function show(now: Playing): void {
  playing = now;
  document.documentElement.dataset['scene'] = now.state;
  changed();
}

function wait(milliseconds: number): Promise<void> {
  return milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
}
