import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { SentFile } from '../../page/protocol.ts';
import { channels, people, roles } from '../choices.ts';
import { place } from '../deeds.ts';
import { OptionType, readFile } from '../discord.ts';
import { Refused, tell, wordsFor } from '../server.ts';
import { changed } from '../state.ts';
import type { TypedOption } from './commands.ts';
import {
  activeSuggestion,
  hideSuggestions,
  isSuggesting,
  moveThroughSuggestions,
  type Suggestion,
  suggest,
  suggestsFor,
  takeSuggestion,
  unmarkSuggestions,
} from './suggestions.ts';

type Value = string | number | boolean | SentFile;

/** What a field needs of the command that it belongs to. */
export interface FieldOwner {
  readonly text: string;
  /** What the other fields hold, for the bot to complete by. */
  othersThan(field: Field): Record<string, Value>;
  /** The cursor has come to this field, or to none. */
  entered(field: Field | undefined): void;
  /** The cursor goes on to where something is missing. */
  goOn(): void;
  /** Back to free text. */
  cancel(): void;
  isFirst(field: Field): boolean;
  trouble(words: string): void;
}

/** One option of a command, being filled in. */
export class Field {
  readonly option: TypedOption;
  readonly #owner: FieldOwner;
  #text = '';
  #chosen: Value | undefined;
  #asked = 0;
  /** Whether the bot is asked what fits. */
  #isAsking = false;

  constructor(option: TypedOption, owner: FieldOwner) {
    this.option = option;
    this.#owner = owner;
  }

  get name(): string {
    return this.option.name;
  }

  /** What it is called by who fills it in. */
  get label(): string {
    return this.option.label;
  }

  get isRequired(): boolean {
    return this.option.required ?? false;
  }

  /** What is sent: the value behind what was chosen, or what was typed; nothing while it is empty. */
  get value(): Value | undefined {
    if (this.#chosen !== undefined) return this.#chosen;
    const text = this.#text.trim();
    if (text === '') return undefined;
    const isNumber = this.option.type === OptionType.Integer || this.option.type === OptionType.Number;
    return isNumber && Number.isFinite(Number(text)) ? Number(text) : text;
  }

  get id(): string {
    return `option-${this.name}`;
  }

  /** Whether there is something to choose from. */
  get #offers(): boolean {
    const isCompleted = 'autocomplete' in this.option && this.option.autocomplete === true;
    return isCompleted || this.#entries().length > 0;
  }

  /** Puts the cursor here. */
  focus(): void {
    document.getElementById(this.id)?.focus();
  }

  /** The field, with its name. */
  template() {
    return html`
      <span class="option">
        <label for=${this.id}>${this.label}</label>
        ${this.option.type === OptionType.Attachment ? this.#fileInput() : this.#textInput()}
      </span>
    `;
  }

  #textInput() {
    const { type, description } = this.option;
    const isNumber = type === OptionType.Integer || type === OptionType.Number;
    return html`
      <input
        type="text"
        id=${this.id}
        name=${this.name}
        role="combobox"
        autocomplete="off"
        aria-autocomplete="list"
        aria-controls="suggestions"
        aria-expanded=${suggestsFor(this.id)}
        aria-activedescendant=${ifDefined(activeSuggestion(this.id))}
        aria-required=${this.isRequired}
        aria-description=${description}
        title=${description}
        placeholder=${this.isRequired ? 'required' : 'optional'}
        inputmode=${isNumber ? 'decimal' : 'text'}
        data-offers=${this.#offers}
        .value=${this.#text}
        @input=${(event: Event) => this.#typed((event.currentTarget as HTMLInputElement).value)}
        @focus=${() => this.#enter()}
        @blur=${hideSuggestions}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
      />
    `;
  }

  #fileInput() {
    const take = async (event: Event) => {
      const [file] = (event.currentTarget as HTMLInputElement).files ?? [];
      this.#chosen = file && (await readFile(file));
    };
    return html`<input type="file" id=${this.id} aria-description=${this.option.description} @focus=${() => this.#owner.entered(this)} @change=${take} />`;
  }

  #enter(): void {
    this.#owner.entered(this);
    void this.#offer();
  }

  #typed(text: string): void {
    this.#text = text;
    this.#chosen = undefined;
    this.#owner.trouble('');
    // What was suggested was for what stood here before: Enter must not take it.
    unmarkSuggestions();
    void this.#offer();
  }

  #key(event: KeyboardEvent): void {
    if (moveThroughSuggestions(event)) return;
    const isEmpty = this.#text === '';
    if (event.key === 'Escape' || (event.key === 'Backspace' && isEmpty && this.#owner.isFirst(this))) {
      event.preventDefault();
      if (event.key === 'Escape' && isSuggesting()) hideSuggestions();
      else this.#owner.cancel();
    }
    if (event.key === 'Enter' && takeSuggestion()) {
      event.preventDefault();
      this.#owner.goOn();
    } else if (event.key === 'Enter' && this.#isAsking) event.preventDefault();
    if (event.key === 'Tab' && !event.shiftKey) takeSuggestion();
  }

  /** Shows what could stand here. */
  async #offer(): Promise<void> {
    const asked = ++this.#asked;
    const typed = this.#chosen === undefined ? this.#text : '';
    const takesFirst = this.#chosen === undefined && (this.isRequired || typed !== '');
    if (!('autocomplete' in this.option && this.option.autocomplete)) {
      suggest(this.id, this.#known(typed), takesFirst);
      return;
    }
    this.#isAsking = true;
    try {
      const body = { ...place(), command: this.#owner.text, option: this.name, typed };
      const answer = await tell('autocomplete', { ...body, options: this.#owner.othersThan(this) });
      // Only the latest question's answer counts, and only while the cursor is still here.
      if (asked !== this.#asked || document.activeElement?.id !== this.id || answer.kind !== 'choices')
        return;
      const choices = answer.choices.map(({ name, value }) => this.#suggestion(name, '', value));
      suggest(this.id, choices, takesFirst, 'Nothing fits that');
    } catch (error) {
      if (asked !== this.#asked) return;
      hideSuggestions();
      const words = wordsFor(error);
      this.#owner.trouble(error instanceof Refused ? words : `Choices could not be loaded: ${words}`);
    } finally {
      if (asked === this.#asked) this.#isAsking = false;
    }
  }

  /** What is known without asking the bot; nothing where anything can be typed. */
  #known(typed: string): Suggestion[] {
    const wanted = typed.toLowerCase().replace(/^[@#]/, '');
    return this.#entries()
      .filter(({ title }) => title.toLowerCase().includes(wanted))
      .slice(0, 25);
  }

  #entries(): Suggestion[] {
    const named = (things: readonly { label: string; note: string; value: string }[]) =>
      things.map(({ label, note, value }) => this.#suggestion(label, note, value));
    switch (this.option.type) {
      case OptionType.Boolean:
        return [true, false].map((value) => this.#suggestion(value ? 'True' : 'False', '', value));
      case OptionType.User:
        return named(people());
      case OptionType.Channel:
        return named(channels(this.option.channel_types));
      case OptionType.Role:
        return named(roles());
      case OptionType.Mentionable:
        return named([...people(), ...roles()]);
      default: {
        const choices = 'choices' in this.option ? (this.option.choices ?? []) : [];
        return choices.map(({ name, value }) => this.#suggestion(name, '', value));
      }
    }
  }

  #suggestion(title: string, note: string, value: string | number | boolean): Suggestion {
    const choose = () => {
      // An answer that comes late is not for what stands here now.
      this.#asked++;
      this.#isAsking = false;
      this.#chosen = value;
      this.#text = title;
      hideSuggestions();
      changed();
    };
    return { title, note, choose };
  }
}
