import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { SentFile, SentValues } from '../../page/protocol.ts';
import { choicesOf } from '../choices.ts';
import { submit } from '../deeds.ts';
import { ComponentType, type LooseComponent, readFile } from '../discord.ts';
import { takeCursor } from '../focus.ts';
import { markdown } from '../markdown.ts';
import { changed, names, state } from '../state.ts';
import { option } from './components.ts';
import { toggleOnPress } from './select-keys.ts';

/** The bot's form, while one is open. */
export function form() {
  if (!state.form) return nothing;
  const { modal, trouble, isSending } = state.form;
  const inner = modal.components as unknown as readonly LooseComponent[];
  return html`
    <dialog aria-labelledby="form-title" ${ref(open)} @close=${closed}>
      <form @submit=${send}>
        <h2 id="form-title">${modal.title}</h2>
        ${inner.map(part)}
        <p class="trouble" role="alert">${trouble}</p>
        <div class="row end">
          <button type="button" class="button secondary" @click=${cancel}>Cancel</button>
          <button type="submit" class="button primary" aria-busy=${isSending}>Submit</button>
        </div>
      </form>
    </dialog>
  `;
}

/** Opens a dialog as soon as it is on the page. */
function open(element: Element | undefined): void {
  const dialog = element as HTMLDialogElement | undefined;
  // It is told of before it is on the page.
  queueMicrotask(() => {
    if (dialog?.isConnected && !dialog.open) dialog.showModal();
  });
}

/** The browser closes it, and gives the focus back to where it was; then it goes. */
function cancel(event: Event): void {
  (event.currentTarget as HTMLElement).closest('dialog')?.close();
}

function closed(): void {
  state.form = undefined;
  changed();
  takeCursor();
}

function part(component: LooseComponent): unknown {
  if (component.type === ComponentType.TextDisplay)
    return html`<div class="text">${markdown(String(component['content']), names)}</div>`;
  if (component.type === ComponentType.ActionRow)
    return (component['components'] as LooseComponent[]).map((each) =>
      field(each, String(each['label']), ''),
    );
  if (component.type === ComponentType.Label) {
    const { component: inner, label, description } = component;
    return field(inner as LooseComponent, String(label), String(description ?? ''));
  }
  return nothing;
}

function field(component: LooseComponent, label: string, description: string): unknown {
  const { type } = component;
  if (type === ComponentType.RadioGroup || type === ComponentType.CheckboxGroup)
    return group(component, label, description);
  const words = titled(
    label,
    description,
    component['required'] !== false && type !== ComponentType.Checkbox,
  );
  if (type === ComponentType.Checkbox)
    return html`<label class="choice">${control(component)} <span>${words}</span></label>`;
  return html`<label class="form-field">${words}${control(component)}</label>`;
}

/** What a field is called, whether it must be filled in, and what is said about it. */
function titled(label: string, description: string, isRequired: boolean) {
  const about = description === '' ? nothing : html`<small>${description}</small>`;
  return html`<span class=${isRequired ? 'label required' : 'label'}>${label}</span>${about}`;
}

function group(component: LooseComponent, label: string, description: string) {
  const isRadio = component.type === ComponentType.RadioGroup;
  const name = String(component['custom_id']);
  const isRequired = isRadio && component['required'] !== false;
  return html`
    <fieldset data-field=${name} data-type=${component.type}>
      <legend>${titled(label, description, isRequired)}</legend>
      ${choicesOf(component).map(
        ({ label: words, value, note, isChosen }) => html`
          <label class="choice">
            <input type=${isRadio ? 'radio' : 'checkbox'} name=${name} value=${value} ?checked=${isChosen} ?required=${isRequired} />
            <span>${words} <small>${note}</small></span>
          </label>
        `,
      )}
    </fieldset>
  `;
}

function control(component: LooseComponent): unknown {
  const { type } = component;
  const name = String(component['custom_id']);
  const isRequired = component['required'] !== false;
  const isSeveral = Number(component['max_values'] ?? 1) > 1;
  if (type === ComponentType.TextInput) return text(component, name, isRequired);
  if (type === ComponentType.Checkbox)
    return html`<input type="checkbox" data-field=${name} data-type=${type} ?checked=${component['default'] === true} />`;
  if (type === ComponentType.FileUpload)
    return html`<input type="file" data-field=${name} data-type=${type} ?required=${isRequired} ?multiple=${isSeveral} />`;
  const wanted = String(component['placeholder'] ?? (isRequired ? 'Make a selection' : 'Nothing'));
  return html`
    <select
      data-field=${name}
      data-type=${type}
      ?required=${isRequired}
      ?multiple=${isSeveral}
      @mousedown=${toggleOnPress}
    >
      ${isSeveral ? nothing : html`<option value="" ?disabled=${isRequired} selected>${wanted}</option>`}
      ${choicesOf(component).map(option)}
    </select>
  `;
}

function text(component: LooseComponent, name: string, isRequired: boolean) {
  const {
    type,
    style,
    value = '',
    placeholder = '',
    min_length: least = 0,
    max_length: most = 4000,
  } = component;
  if (style === 2)
    return html`<textarea rows="4" data-field=${name} data-type=${type} ?required=${isRequired} minlength=${least} maxlength=${most} placeholder=${placeholder} .value=${value}></textarea>`;
  return html`<input type="text" data-field=${name} data-type=${type} ?required=${isRequired} minlength=${least} maxlength=${most} placeholder=${placeholder} .value=${value} />`;
}

async function send(event: Event): Promise<void> {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const fields = [...form.querySelectorAll<HTMLElement>('[data-field]')];
  const values = await Promise.all(
    fields.map(async (each) => [each.dataset['field'] ?? '', await read(each)] as const),
  );
  await submit(Object.fromEntries(values));
}

/** What was filled in, in the form that the page's server takes. */
async function read(element: HTMLElement): Promise<SentValues[string]> {
  if (element instanceof HTMLTextAreaElement) return element.value;
  if (element instanceof HTMLSelectElement)
    return [...element.selectedOptions].map(({ value }) => value).filter((value) => value !== '');
  if (element instanceof HTMLFieldSetElement) {
    const chosen = [...element.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value);
    return Number(element.dataset['type']) === ComponentType.RadioGroup ? (chosen[0] ?? null) : chosen;
  }
  const input = element as HTMLInputElement;
  if (input.type === 'checkbox') return input.checked;
  if (input.type !== 'file') return input.value;
  return Promise.all<SentFile>([...(input.files ?? [])].map(readFile));
}
