import { html, nothing } from 'lit';
import { changed } from '../state.ts';

/** Something to choose from. */
export interface Suggestion {
  readonly title: string;
  readonly note?: string;
  readonly choose: () => void;
}

interface Shown {
  /** The id of the field that they are for. */
  readonly field: string;
  readonly entries: readonly Suggestion[];
  readonly active: number;
  /** What to say where there is nothing to choose. */
  readonly empty: string;
}

let shown: Shown | undefined;

/**
 * Shows what fits into a field.
 *
 * @param takesFirst whether Enter takes the first one without anybody having moved to it
 */
export function suggest(
  field: string,
  entries: readonly Suggestion[],
  takesFirst: boolean,
  empty = '',
): void {
  const isNothing = entries.length === 0 && empty === '';
  shown = isNothing
    ? undefined
    : { field, entries, empty, active: takesFirst && entries.length > 0 ? 0 : -1 };
  changed();
}

/** Marks none of them, until there are others. */
export function unmarkSuggestions(): void {
  if (shown) shown = { ...shown, active: -1 };
  changed();
}

/** Shows no suggestions. */
export function hideSuggestions(): void {
  if (!shown) return;
  shown = undefined;
  changed();
}

/** Whether there is something to choose from. */
export function isSuggesting(): boolean {
  return shown !== undefined;
}

/** Takes the one that is marked. @returns whether there was one */
export function takeSuggestion(): boolean {
  const entry = shown?.entries[shown.active];
  entry?.choose();
  return entry !== undefined;
}

/** Handles the arrow keys. @returns whether it was one */
export function moveThroughSuggestions(event: KeyboardEvent): boolean {
  const count = shown?.entries.length ?? 0;
  if (!shown || count === 0 || !['ArrowDown', 'ArrowUp'].includes(event.key)) return false;
  event.preventDefault();
  const step = event.key === 'ArrowDown' ? 1 : -1;
  shown = {
    ...shown,
    active: shown.active === -1 && step === -1 ? count - 1 : (shown.active + step + count) % count,
  };
  changed();
  queueMicrotask(() =>
    document.getElementById(idOf(shown?.active ?? 0))?.scrollIntoView({ block: 'nearest' }),
  );
  return true;
}

/** Which suggestion a field's reader is told of. */
export function activeSuggestion(field: string): string | undefined {
  return shown?.field === field && shown.active !== -1 ? idOf(shown.active) : undefined;
}

/** Whether the suggestions are for this field. */
export function suggestsFor(field: string): boolean {
  return shown?.field === field;
}

/** The list, above the box. */
export function suggestions() {
  if (!shown) return html`<div id="suggestions" role="listbox" aria-label="Suggestions" hidden></div>`;
  const { entries, active, empty } = shown;
  return html`
    <div id="suggestions" class="suggestions" role="listbox" aria-label="Suggestions" tabindex="-1">
      ${entries.map((entry, index) => item(entry, index, index === active))}
      ${entries.length === 0 ? html`<div class="nothing" role="option" aria-disabled="true" aria-selected="false">${empty}</div>` : nothing}
    </div>
  `;
}

function item({ title, note = '', choose }: Suggestion, index: number, isActive: boolean) {
  // The field keeps the focus: choosing happens before it would lose it.
  const press = (event: Event) => {
    event.preventDefault();
    choose();
  };
  return html`
    <div id=${idOf(index)} role="option" aria-selected=${isActive} @mousedown=${press}>
      <span class="suggestion-title">${title}</span>
      ${note === '' ? nothing : html`<span class="suggestion-note">${note}</span>`}
    </div>
  `;
}

function idOf(index: number): string {
  return `suggestion-${index}`;
}
