import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { InsideState, Trail, TrailStep } from '../../page/protocol.ts';
import { moment } from '../moment.ts';
import { say } from '../notice.ts';
import { changed, NARROW, names, state } from '../state.ts';
import { exactly, span } from '../time.ts';
import { goTo } from '../visit.ts';

const SIGNS: Readonly<Record<TrailStep['kind'], string>> = {
  interaction: '⌨',
  answer: '↩',
  transaction: '▣',
  event: '◆',
  listener: '👂',
  job: '⏲',
  run: '▶',
  request: '⇢',
  message: '💬',
};

const MEANINGS: Readonly<Record<TrailStep['kind'], string>> = {
  interaction: 'somebody typed a command, pressed or chose something',
  answer: 'what the bot answered, and after how long',
  transaction: 'what is written at once, or not at all',
  event: 'what happened in the game',
  listener: 'what was done about an event; red if it failed, and tried again later',
  job: 'what was asked for, and when it is due',
  run: 'a job that is done',
  request: 'what the bot asked of Discord',
  message: 'what can be read in a channel',
};

/** Which story is looked at; the newest as long as nobody chose one. */
let chosenTrail: string | undefined;
/** The steps whose payload is shown. */
const opened = new Set<string>();

/** What happens inside the bot: the story of one action, and what is waiting. */
export function insidePanel() {
  const trail = state.trails.find(({ id }) => id === chosenTrail) ?? state.trails[0];
  return html`
    ${state.inside ? waiting(state.inside) : nothing}
    <section>
      <h2>What happened</h2>
      ${legend()}
      ${trail ? html`${trailList(trail)} ${timeline(trail)}` : html`<p class="nothing">Nothing yet. Type a command, and follow it here through the bot.</p>`}
    </section>
  `;
}

/** What each sign means. */
function legend() {
  return html`
    <details>
      <summary>What the signs mean</summary>
      <dl class="legend">${Object.entries(MEANINGS).map(([kind, words]) => html`<dt aria-hidden="true">${SIGNS[kind as TrailStep['kind']]}</dt><dd><strong>${kind}</strong>: ${words}</dd>`)}</dl>
    </details>
  `;
}

function trailList(current: Trail) {
  const choose = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement;
    chosenTrail = value === '' ? undefined : value;
    changed();
  };
  return html`
    <label class="form-field">
      <span>The story of</span>
      <select id="trail" @change=${choose}>
        <option value="" .selected=${chosenTrail === undefined}>Always the newest</option>
        ${state.trails.map((trail) => html`<option value=${trail.id} .selected=${trail.id === chosenTrail}>${exactly(trail.at).slice(0, 8)} ${trail.title}${trail.userId ? ` by ${names.person(trail.userId)}` : ''}${hasFailed(trail) ? ' ✗' : ''}</option>`)}
      </select>
    </label>
    <p class="hint">${current.title}${current.userId ? html` by <strong>${names.person(current.userId)}</strong>` : nothing}, ${current.steps.length} steps. Press one to see what it holds.</p>
  `;
}

function timeline(trail: Trail) {
  const depths = depthsOf(trail);
  return html`
    <ol class="timeline">
      ${repeat(
        trail.steps,
        ({ id }) => id,
        (step) => stepItem(trail, step, depths.get(step.id) ?? 0),
      )}
    </ol>
  `;
}

function stepItem(trail: Trail, step: TrailStep, depth: number) {
  const key = `${trail.id}/${step.id}`;
  const isOpen = opened.has(key);
  const toggle = () => {
    if (isOpen) opened.delete(key);
    else opened.add(key);
    changed();
  };
  return html`
    <li class="step ${step.state}" style="--depth: ${Math.min(depth, 6)}">
      <button type="button" aria-expanded=${isOpen} @click=${toggle}>
        <span class="offset">${offset(step.at - trail.at)}</span>
        <span class="sign" title=${step.kind}>${SIGNS[step.kind]}<span class="for-ears"> ${step.kind}</span></span>
        <span class="title">${step.title}</span>
        <span class="note">${note(step)}</span>
      </button>
      ${step.error ? html`<p class="trouble">${step.error}</p>` : nothing}
      ${isOpen ? details(step) : nothing}
    </li>
  `;
}

function note({ state: how, took, dueAt }: TrailStep) {
  if (how === 'waiting' && dueAt !== undefined) return html`due ${moment(new Date(dueAt), 'R')}`;
  if (how === 'failed') return 'failed';
  if (how === 'running') return 'runs';
  if (how === 'unseen') return 'its end was not seen';
  return took === undefined ? nothing : span(took);
}

function details({ kind, at, dueAt, payload, place }: TrailStep) {
  const show = () => {
    if (!place) return;
    if (matchMedia(NARROW).matches) state.panel = null;
    goTo(place).catch(say);
  };
  return html`
    <div class="details">
      <p class="hint">${kind} at ${exactly(at)}${dueAt === undefined ? nothing : `, due at ${exactly(dueAt)}`}</p>
      ${place ? html`<button type="button" class="button secondary" @click=${show}>Show the message</button>` : nothing}
      ${payload === undefined ? nothing : html`<pre tabindex="0"><code>${JSON.stringify(payload, undefined, 2)}</code></pre>`}
    </div>
  `;
}

/** How deep a step lies below the first one. */
function depthsOf({ steps }: Trail): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { id, parentId } of steps)
    depths.set(id, parentId === null ? 0 : (depths.get(parentId) ?? 0) + 1);
  return depths;
}

function hasFailed({ steps }: Trail): boolean {
  return steps.some(({ state: how }) => how === 'failed');
}

function offset(milliseconds: number): string {
  return milliseconds < 0 ? `−${span(-milliseconds)}` : `+${span(milliseconds)}`;
}

function waiting({ queue, outbox, deliveries }: InsideState) {
  return html`
    <section>
      <h2>What is waiting</h2>
      <p class=${queue.connected ? 'hint' : 'trouble'}>
        ${queue.connected ? 'The queue is there' : 'The queue is away'}${queue.problem ? `: ${queue.problem}` : ''} ·
        ${queue.running} running, ${queue.ready} ready, ${queue.waiting} waiting, ${queue.failed} failed
      </p>
      <details>
        <summary>Outbox: ${outbox.length} ${outbox.length === 1 ? 'job' : 'jobs'} to come</summary>
        ${outbox.length === 0 ? html`<p class="nothing">Nothing is waited for.</p>` : html`<ul class="jobs">${outbox.map((job) => html`<li><strong>${job.task}</strong> <span class="id">${job.id}</span> ${moment(new Date(job.dueAt), 'R')}</li>`)}</ul>`}
      </details>
      <details ?open=${deliveries.length > 0}>
        <summary>Deliveries: ${deliveries.length} that failed</summary>
        ${deliveries.length === 0 ? html`<p class="nothing">Every listener did what it should.</p>` : html`<ul class="jobs">${deliveries.map(delivery)}</ul>`}
      </details>
    </section>
  `;
}

function delivery({
  event,
  listener,
  state: how,
  attempts,
  nextAt,
  error,
}: InsideState['deliveries'][number]) {
  return html`
    <li class="failed">
      <strong>${listener}</strong> on ${event}: ${how} after ${attempts} ${attempts === 1 ? 'try' : 'tries'}${nextAt === null ? nothing : `, again ${moment(new Date(nextAt), 'R')}`}
      ${error ? html`<p class="trouble">${error}</p>` : nothing}
    </li>
  `;
}
