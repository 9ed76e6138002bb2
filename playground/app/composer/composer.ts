import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { SentFile } from '../../page/protocol.ts';
import { place, run } from '../deeds.ts';
import { readFile } from '../discord.ts';
import { showEnd } from '../scroll.ts';
import { tell, wordsFor } from '../server.ts';
import { changed, currentChannel, onMove, personOf, placeName, state } from '../state.ts';
import { CommandForm } from './command-form.ts';
import { flatten, matching, type TypedCommand } from './commands.ts';
import { withMentions } from './mentions.ts';
import {
  activeSuggestion,
  hideSuggestions,
  isSuggesting,
  moveThroughSuggestions,
  suggest,
  suggestions,
  takeSuggestion,
} from './suggestions.ts';

const BOX = 'box';

let text = '';
let files: readonly SentFile[] = [];
let form: CommandForm | undefined;
let trouble = '';

// What was begun in one place, or as one person, is not sent in another.
onMove(() => {
  files = [];
  write('', false);
});

/** The box at the bottom: free text, or a command with its options. */
export function composer() {
  return html`
    <div class="composer">
      ${suggestions()}
      <p id="trouble" class="trouble" role="alert">${trouble}</p>
      ${files.length === 0 ? nothing : html`<ul class="given">${files.map(given)}</ul>`}
      <form id="write" autocomplete="off" @submit=${send}>${form ? form.template() : box()}</form>
      <p class="hint">
        ${form ? html`${form.words}<span class="keys"> · <kbd>Enter</kbd> sends, <kbd>Esc</kbd> goes back</span>` : html`Type <kbd>/</kbd> for commands`}
      </p>
    </div>
  `;
}

/** Puts this into the box, as if it had been typed. */
export function write(typed: string, focuses = true): void {
  form = undefined;
  trouble = '';
  hideSuggestions();
  text = typed;
  changed();
  // As soon as it is drawn, before the next key comes.
  if (focuses) queueMicrotask(() => document.getElementById(BOX)?.focus());
  if (typed !== '') look();
}

function box() {
  const words = `Message ${placeName()}`;
  const mayWrite = currentChannel()?.mayWrite ?? true;
  return html`
    <label class="attach" title="Attach files">
      <span aria-hidden="true">+</span>
      <input type="file" multiple aria-label="Attach files" @change=${attach} />
    </label>
    <textarea
      id=${BOX}
      rows=${text.split('\n').length}
      maxlength="2000"
      autocomplete="off"
      enterkeyhint="send"
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-controls="suggestions"
      aria-activedescendant=${ifDefined(activeSuggestion(BOX))}
      aria-label=${words}
      placeholder=${mayWrite ? words : 'You may not write here'}
      ?disabled=${!mayWrite}
      .value=${text}
      @input=${typed}
      @blur=${hideSuggestions}
      @keydown=${key}
    ></textarea>
  `;
}

function typed(event: Event): void {
  text = (event.currentTarget as HTMLTextAreaElement).value;
  trouble = '';
  look();
  changed();
}

/** Shows the commands that begin so, once there is a slash. */
function look(): void {
  if (!text.startsWith('/')) {
    hideSuggestions();
    return;
  }
  const commands = flatten(state.commands, personOf(state.me)?.locale ?? '');
  const typedName = text.trim();
  const complete =
    text.endsWith(' ') && commands.find(({ text: name, label }) => [name, label].includes(typedName));
  if (complete) {
    open(complete);
    return;
  }
  const entries = matching(commands, text).map((command) => ({
    title: command.label,
    note: command.description,
    choose: () => open(command),
  }));
  suggest(
    BOX,
    entries,
    true,
    commands.length === 0 ? 'There are no commands here' : 'There is no such command',
  );
}

function key(event: KeyboardEvent): void {
  if (moveThroughSuggestions(event)) return;
  if (event.key === 'Escape' && isSuggesting()) hideSuggestions();
  // With Shift, Enter begins a new line; while a word is being composed, as in Japanese, it ends that word.
  const isEnter = event.key === 'Enter' && !event.isComposing;
  if (event.shiftKey || !(isEnter || event.key === 'Tab')) return;
  const isTaken = isSuggesting() && takeSuggestion();
  if (isTaken || isEnter) event.preventDefault();
  if (isEnter && !isTaken) void sendText();
}

function open(command: TypedCommand): void {
  hideSuggestions();
  enter(new CommandForm(command, { back: () => write('/'), leave: () => write(''), tellTrouble }));
}

function enter(made: CommandForm): void {
  form = made;
  trouble = '';
  changed();
  queueMicrotask(() => made.focus());
}

async function attach(event: Event): Promise<void> {
  const input = event.currentTarget as HTMLInputElement;
  const added = await Promise.all([...(input.files ?? [])].map(readFile));
  files = [...files, ...added];
  input.value = '';
  changed();
}

function given(file: SentFile) {
  const remove = () => {
    files = files.filter((other) => other !== file);
    changed();
  };
  return html`<li>📄 ${file.name} <button type="button" class="as-link" aria-label="Remove ${file.name}" @click=${remove}>✕</button></li>`;
}

async function send(event: Event): Promise<void> {
  event.preventDefault();
  if (form) await sendCommand(form);
  else await sendText();
}

async function sendCommand(made: CommandForm): Promise<void> {
  const values = made.values();
  if (!values) return;
  write('');
  try {
    await run(made.text, values);
  } catch (error) {
    // What was filled in comes back, unless something else was begun meanwhile.
    if (!form && text === '') enter(made);
    tellTrouble(wordsFor(error));
  }
}

async function sendText(): Promise<void> {
  const content = text.trim();
  if (content === '' && files.length === 0) return;
  if (content.startsWith('/')) {
    tellTrouble('Choose a command from the list, or begin with something other than a slash');
    return;
  }
  const sent = files;
  text = '';
  files = [];
  changed();
  showEnd();
  try {
    await tell('say', { ...place(), content: withMentions(content), files: sent });
  } catch (error) {
    // It comes back, unless something else was begun meanwhile.
    if (text === '' && files.length === 0) {
      text = content;
      files = sent;
    }
    tellTrouble(wordsFor(error));
  }
}

function tellTrouble(words: string): void {
  trouble = words;
  changed();
}
