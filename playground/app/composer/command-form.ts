import { html, nothing } from 'lit';
import type { SentOptions } from '../../page/protocol.ts';
import { changed } from '../state.ts';
import type { TypedCommand } from './commands.ts';
import { Field, type FieldOwner } from './field.ts';
import {
  hideSuggestions,
  isSuggesting,
  moveThroughSuggestions,
  suggest,
  takeSuggestion,
} from './suggestions.ts';

/** Up to this many options of a command are all shown at once. */
const SHOWN_AT_ONCE = 3;
const MORE = 'more-options';

/** What becomes of a command that is not sent. */
export interface CommandFormOwner {
  /** Back to choosing a command. */
  readonly back: () => void;
  /** Back to free text. */
  readonly leave: () => void;
  readonly tellTrouble: (words: string) => void;
}

/** A command being filled in: the required options, and those of the others that somebody wants. */
export class CommandForm implements FieldOwner {
  readonly command: TypedCommand;
  readonly #fields: readonly Field[];
  readonly #shown = new Set<Field>();
  readonly #back: () => void;
  readonly #leave: () => void;
  readonly #tellTrouble: (words: string) => void;
  #entered: Field | undefined;

  constructor(command: TypedCommand, { back, leave, tellTrouble }: CommandFormOwner) {
    this.command = command;
    this.#back = back;
    this.#leave = leave;
    this.#tellTrouble = tellTrouble;
    this.#fields = command.options.map((option) => new Field(option, this));
    const few = this.#fields.length <= SHOWN_AT_ONCE;
    for (const field of this.#fields) if (few || field.isRequired) this.#shown.add(field);
  }

  get text(): string {
    return this.command.text;
  }

  /** What is to be known: about the option that the cursor is in, or else about the command. */
  get words(): string {
    const field = this.#entered;
    return field ? `${field.label}: ${field.option.description}` : this.command.description;
  }

  /** The name of the command, its fields, and the button that sends it. */
  template() {
    return html`
      <span class="command-name">${this.command.label}</span>
      ${this.#visible.map((field) => field.template())}
      ${this.#hidden.length === 0 ? nothing : this.#moreButton()}
      <button type="submit" id="send" class="button primary">Send</button>
      <button type="button" class="icon-button leave" aria-label="Back to writing" @click=${this.#leave}>✕</button>
    `;
  }

  /** Puts the cursor where something is to be typed. */
  focus(): void {
    const first = this.#visible[0];
    if (first) first.focus();
    else document.getElementById(this.#hidden.length > 0 ? MORE : 'send')?.focus();
  }

  /** What is sent; nothing, and the cursor in the right field, while something required is missing. */
  values(): SentOptions | undefined {
    const missing = this.#fields.find((field) => field.isRequired && field.value === undefined);
    if (!missing) return this.#filled(this.#fields);
    this.trouble(`“${missing.label}” is required`);
    missing.focus();
    return undefined;
  }

  othersThan(field: Field): Record<string, Exclude<Field['value'], undefined>> {
    return this.#filled(this.#fields.filter((other) => other !== field));
  }

  goOn(): void {
    this.#fields.find((field) => field.isRequired && field.value === undefined)?.focus();
  }

  entered(field: Field | undefined): void {
    this.#entered = field;
    changed();
  }

  cancel(): void {
    this.#back();
  }

  isFirst(field: Field): boolean {
    return this.#visible[0] === field;
  }

  trouble(words: string): void {
    this.#tellTrouble(words);
  }

  get #visible(): Field[] {
    return this.#fields.filter((field) => this.#shown.has(field));
  }

  get #hidden(): Field[] {
    return this.#fields.filter((field) => !this.#shown.has(field));
  }

  #moreButton() {
    const count = this.#hidden.length;
    const key = (event: KeyboardEvent) => {
      if (moveThroughSuggestions(event)) return;
      if (event.key === 'Escape' && !isSuggesting()) this.cancel();
      if (event.key === 'Escape') hideSuggestions();
      if (event.key !== 'Enter') return;
      // As in every other field: it takes what is marked, or sends. The space bar presses the button.
      event.preventDefault();
      if (!takeSuggestion()) (event.currentTarget as HTMLButtonElement).form?.requestSubmit();
    };
    return html`
      <button
        type="button"
        id=${MORE}
        class="button secondary"
        aria-haspopup="listbox"
        @click=${() => this.#offerMore(true)}
        @focus=${() => this.#enterMore()}
        @keydown=${key}
        @blur=${hideSuggestions}
      >+${count} optional</button>
    `;
  }

  #enterMore(): void {
    this.entered(undefined);
    this.#offerMore(false);
  }

  #offerMore(takesFirst: boolean): void {
    const entries = this.#hidden.map((field) => ({
      title: field.label,
      note: field.option.description,
      choose: () => this.#add(field),
    }));
    suggest(MORE, entries, takesFirst);
  }

  #add(field: Field): void {
    this.#shown.add(field);
    hideSuggestions();
    changed();
    queueMicrotask(() => field.focus());
  }

  #filled(fields: readonly Field[]): Record<string, Exclude<Field['value'], undefined>> {
    return Object.fromEntries(
      fields.flatMap((field) => (field.value === undefined ? [] : [[field.name, field.value] as const])),
    );
  }
}
