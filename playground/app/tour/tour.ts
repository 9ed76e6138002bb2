import type { MessageView } from '../../page/protocol.ts';
import type { Scene, Step } from '../../scenes/scene.ts';
import { focusBox } from '../focus.ts';
import { notice } from '../notice.ts';
import { bend, wordsFor } from '../server.ts';
import { changed, NARROW, state } from '../state.ts';
import { Hands } from './hands.ts';
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
/** At which pace was played last. */
let lastPace: Pace = PACES.tour;

/** What is played. */
export function nowPlaying(): Playing | undefined {
  return playing;
}

/** Stops after the step that is under way. */
export function stopTour(): void {
  stopped = true;
}

/** Says nothing more of what was played. Its server stays, to go on in. */
export function closeTour(): void {
  playing = undefined;
  changed();
  focusBox();
}

/**
 * Plays what the address asks for: `?scene=first-craft`, with `&pace=fast` for who does not read, `&pictures` to wait for
 * each picture. A scene changes the world, and any page can lead to this address: a person is asked to press play.
 *
 * @param search the part of the address after the question mark
 */
export function playFromAddress(search: string): void {
  const wanted = new URLSearchParams(search);
  const scene = SCENES.find(({ name }) => name === wanted.get('scene'));
  if (!scene) return;
  if (!navigator.webdriver) {
    state.panel = 'scenes';
    notice(`Press ▶ to play “${scene.title}”.`);
    return;
  }
  void play(scene, PACES[wanted.get('pace') === 'fast' ? 'fast' : 'tour'], wanted.has('pictures'));
}

/** Plays a scene from its beginning to its end. Never throws: how it went stands in {@link nowPlaying}. */
export async function play(scene: Scene, pace: Pace = PACES.tour, takesPictures = false): Promise<void> {
  if (playing?.state === 'playing') return;
  stopped = false;
  lastPace = pace;
  if (matchMedia(NARROW).matches) state.panel = null;
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

/** Plays once more what was played last, as it was played. */
export async function playAgain(): Promise<void> {
  if (playing) await play(playing.scene, lastPace);
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
      case 'command':
        return this.#hands.command(step.text, step.options);
      case 'press':
        return this.#hands.press(step.label);
      case 'choose':
        return this.#hands.choose(step.option);
      case 'see':
        return until(`“${step.words}”`, () => this.#see(step.words));
      case 'speed':
        return bend('speed', { factor: step.factor });
      case 'bend':
        return step.what === 'finish'
          ? bend('finish', { server: state.serverId ?? '' })
          : bend(step.what, {});
      case 'await':
        return until(`The bot being ${step.bot}`, () => isReady() === (step.bot === 'ready'));
      case 'panel':
        // Where there is little room it would lie over what is to be seen.
        state.panel = matchMedia(NARROW).matches ? null : step.panel;
        changed();
        return wait(this.#pace.pause);
      case 'picture':
        return this.#picture(step.name);
    }
  }

  #see(words: string): boolean {
    const found = state.messages.find(
      (message) => !this.#seen.has(revisionOf(message)) && wordsOf(message.id).includes(words),
    );
    if (found) this.#seen.add(revisionOf(found));
    return found !== undefined;
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

/** A message at one state of its life: what was changed can be seen anew. */
function revisionOf({ id, edited_timestamp: edited, content, embeds, components }: MessageView): string {
  return JSON.stringify([id, edited, content, embeds, components]);
}

/** What is drawn of a message, without who used which command. */
function wordsOf(messageId: string): string {
  const parts = document.querySelectorAll(`#message-${messageId} discord-message > :not(.used)`);
  return [...parts].map(({ textContent }) => textContent).join(' ');
}

function show(now: Playing): void {
  playing = now;
  document.documentElement.dataset['scene'] = now.state;
  changed();
}

function wait(milliseconds: number): Promise<void> {
  return milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
}
