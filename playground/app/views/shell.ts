import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { MessageView } from '../../page/protocol.ts';
import { composer, write } from '../composer/composer.ts';
import { dropNotice } from '../notice.ts';
import {
  changed,
  currentChannel,
  type LocalLine,
  NARROW,
  PANELS,
  type Panel,
  placeName,
  state,
} from '../state.ts';
import { form } from './form.ts';
import { insidePanel } from './inside.ts';
import { goesOn, localItem, messageItem } from './message.ts';
import { peoplePanel } from './people.ts';
import { places } from './places.ts';
import { caption, scenesPanel } from './scenes.ts';
import { worldPanel } from './world.ts';

const TITLES: Readonly<Record<Panel, string>> = {
  people: 'People',
  inside: 'Inside',
  world: 'World',
  scenes: 'Scenes',
};

const CONTENTS: Readonly<Record<Panel, () => unknown>> = {
  people: peoplePanel,
  inside: insidePanel,
  world: worldPanel,
  scenes: scenesPanel,
};

/** The whole page. */
export function shell() {
  return html`
    <div class="page ${state.placesShown ? 'places-shown' : ''} ${state.panel ? 'panel-shown' : ''}">
      ${places()}
      <header class="bar">
        <button type="button" id="menu" class="icon-button" aria-controls="places" aria-expanded=${state.placesShown} aria-label="Servers and channels" @click=${togglePlaces}>☰</button>
        <h1 id="place-name">${placeName() || 'Forgeling'}</h1>
        <p id="place-topic">${currentChannel()?.topic ?? ''}</p>
        ${tabs()}
      </header>
      <main>
        ${botState()} ${caption()}
        <section id="scroll" class="scroll" aria-label="Messages" tabindex="0">
          ${messages()}
        </section>
        ${state.channelId === '' ? nothing : composer()}
      </main>
      ${backdrop()} ${panel()} ${notice()} ${form()}
    </div>
  `;
}

/** How many of the newest messages are drawn. */
const SHOWN = 100;

function messages() {
  const shown = state.messages.slice(-SHOWN);
  const older = state.messages.length - shown.length;
  const lines = state.lines.filter(({ channelId }) => channelId === state.channelId);
  const isPlaced = (line: LocalLine) => !line.isWaiting && line.afterId !== undefined;
  const placed = lines.filter(isPlaced);
  const last = lines.filter((line) => !isPlaced(line));
  if (state.messages.length === 0 && lines.length === 0)
    return html`<div class="empty">${invitation()}</div>`;
  return html`
    <discord-messages no-background>
      <ol id="messages" aria-live="polite" aria-relevant="additions">
        ${older === 0 ? nothing : html`<li class="older">${older} older ${older === 1 ? 'message is' : 'messages are'} not shown</li>`}
        ${linesBetween(placed, undefined, shown[0]).map(localItem)}
        ${repeat(
          shown,
          ({ id }) => id,
          (message, index) => {
            const isParted = linesBetween(placed, shown[index - 1], message).length > 0;
            const isMore = !isParted && goesOn(message, shown[index - 1]);
            return html`${drawn(message, isMore)}${linesBetween(placed, message, shown[index + 1]).map(localItem)}`;
          },
        )}
        ${repeat(last, ({ id }) => id, localItem)}
      </ol>
    </discord-messages>
  `;
}

/** A message, drawn anew only when something of it has changed: reading markdown takes its time. */
function drawn(message: MessageView, isMore: boolean) {
  const { world, busy, me } = state;
  return guard([message, isMore, world, busy, me], () => messageItem(message, isMore));
}

/** The page's own lines that were said after the one message and before the other. */
function linesBetween(
  lines: readonly LocalLine[],
  message: MessageView | undefined,
  next: MessageView | undefined,
): LocalLine[] {
  return lines.filter(({ afterId = '0' }) => {
    const after = BigInt(afterId);
    return BigInt(message?.id ?? -1) <= after && (!next || after < BigInt(next.id));
  });
}

/** What an empty channel says. */
function invitation() {
  if (state.channelId === '') return html`<p>Nothing was said here yet.</p>`;
  const hasCraft = state.commands.some(({ name }) => name === 'craft');
  if (!hasCraft)
    return html`<p class="heading heading-1">Welcome to ${placeName()}</p><p>Type <kbd>/</kbd> to see what can be done here.</p>`;
  return html`
    <p class="heading heading-1">Welcome to ${placeName()}</p>
    <p>
      Start with a craft: type <kbd>/craft</kbd>, choose a recipe, and press Enter. The time until it is ready counts
      down; what is rare is announced in the server’s own channel.
    </p>
    <button type="button" class="button primary" @click=${() => write('/craft ')}>Type /craft for me</button>
  `;
}

function botState() {
  const bot = state.world?.bot;
  const words = state.isLost
    ? 'The playground does not answer'
    : bot && bot.state !== 'ready'
      ? bot.words
      : '';
  return html`<p id="bot-state" role="status" ?hidden=${words === ''}>${words}</p>`;
}

function tabs() {
  const toggle = (panel: Panel) => {
    state.panel = state.panel === panel ? null : panel;
    changed();
    // Where it lies over everything else, the keyboard goes on in it.
    if (liesOver()) focusSoon('#panel .close');
  };
  return html`
    <div class="tabs" role="group" aria-label="Panels">
      ${PANELS.map((each) => html`<button type="button" id="show-${each}" aria-pressed=${state.panel === each} @click=${() => toggle(each)}>${TITLES[each]}</button>`)}
    </div>
  `;
}

function panel() {
  if (!state.panel) return nothing;
  return html`
    <aside id="panel" aria-label=${TITLES[state.panel]} class="panel ${state.panel}">
      <button type="button" class="close icon-button" aria-label="Close the panel" @click=${closePanel}>✕</button>
      ${CONTENTS[state.panel]()}
    </aside>
  `;
}

function notice() {
  return html`
    <div class="notice" role="status" ?hidden=${state.notice === ''}>
      <span>${state.notice}</span>
      <button type="button" class="icon-button" aria-label="Dismiss" @click=${dropNotice}>✕</button>
    </div>
  `;
}

/** Where there is little room: a place beside the drawer to close it by. */
function backdrop() {
  if (!state.placesShown) return nothing;
  return html`<button type="button" class="backdrop" aria-label="Close the list of channels" @click=${togglePlaces}></button>`;
}

function togglePlaces(): void {
  state.placesShown = !state.placesShown;
  changed();
  if (state.placesShown) focusSoon('.place[aria-current]', '.server');
  else focusSoon('#menu');
}

function closePanel(): void {
  focusSoon(`#show-${state.panel}`);
  state.panel = null;
  changed();
}

/** Closes what lies over the messages where there is little room, if something does. */
export function closeOverlay(): void {
  if (state.placesShown) togglePlaces();
  else if (liesOver()) closePanel();
}

function liesOver(): boolean {
  return state.panel !== null && matchMedia(NARROW).matches;
}

/** Puts the cursor, once all is drawn, to the first of these that there is. */
function focusSoon(...selectors: readonly string[]): void {
  setTimeout(() => {
    const found = selectors.map((selector) => document.querySelector<HTMLElement>(selector));
    found.find((element) => element !== null)?.focus();
  });
}
