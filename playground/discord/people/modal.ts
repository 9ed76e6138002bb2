import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord-api-types/v10';
import { everyComponent } from '../wire/components.ts';
import { checkCount, chosenValue, optionsOf } from './choice.ts';
import type { GivenFile } from './options.ts';
import { ClientRefusal } from './refusal.ts';
import type { Lookup, Resolved } from './resolved.ts';

/** What a person fills into a field: text, what is chosen, files, or whether a box is ticked. */
export type FormValue = string | boolean | null | readonly string[] | readonly GivenFile[];

/** By the custom id of the field. */
export type FormValues = Readonly<Record<string, FormValue>>;

type Component = Record<string, unknown>;

/** A modal that is being filled in. */
interface Form {
  readonly values: FormValues;
  readonly lookup: Lookup;
  readonly resolved: Resolved;
}

/** Characters of a text that says nothing else ("Text Input"). */
const MOST_TEXT = 4_000;

/**
 * `data` of a sent modal ("Modal Submit Data Structure"), in the arrangement of the modal: fields in rows or labels.
 * What is not given is what the modal proposes.
 *
 * @throws ClientRefusal when a field is missing, unknown, or filled in with what it does not take
 */
export function modalAnswers(
  modal: APIModalInteractionResponseCallbackData,
  values: FormValues,
  lookup: Lookup,
) {
  const fields = everyComponent(modal.components).filter(({ custom_id: id }) => typeof id === 'string');
  const unknown = Object.keys(values).find((id) => !fields.some((field) => field['custom_id'] === id));
  if (unknown !== undefined) throw new ClientRefusal(`The modal has no field "${unknown}"`);
  const form: Form = { values, lookup, resolved: {} };
  const answered: unknown[] = modal.components.map((component, index) =>
    answer({ ...component }, index + 1, form),
  );
  const refersTo = Object.keys(form.resolved).length > 0;
  return {
    custom_id: modal.custom_id,
    components: answered,
    ...(refersTo ? { resolved: form.resolved } : {}),
  };
}

function answer(component: Component, id: number, form: Form): unknown {
  const { type } = component;
  if (type === ComponentType.ActionRow && Array.isArray(component['components'])) {
    return { type, id, components: component['components'].map((inner) => answer(inner, id, form)) };
  }
  if (type === ComponentType.Label && isComponent(component['component'])) {
    return { type, id, component: answer(component['component'], id, form) };
  }
  if (typeof component['custom_id'] !== 'string') return { type, id };
  const given = form.values[component['custom_id']];
  return { type, id, custom_id: component['custom_id'], ...filled(component, given, form) };
}

function filled(field: Component, given: FormValue | undefined, { lookup, resolved }: Form): Component {
  switch (field['type']) {
    case ComponentType.TextInput:
      return { value: typedText(field, given) };
    case ComponentType.Checkbox:
      return { value: typeof given === 'boolean' ? given : field['default'] === true };
    case ComponentType.RadioGroup:
      return { value: chosen(field, given, lookup, resolved)[0] ?? null };
    case ComponentType.FileUpload:
      return { values: uploaded(field, given).map((file) => lookup.attachment(file, resolved)) };
    default:
      return { values: chosen(field, given, lookup, resolved) };
  }
}

function typedText(field: Component, given: FormValue | undefined): string {
  const text = String(given ?? field['value'] ?? '');
  const least = Number(field['min_length'] ?? 0);
  const most = Number(field['max_length'] ?? MOST_TEXT);
  if (text === '' && field['required'] === false) return text;
  if (text === '') throw new ClientRefusal(`The field "${field['custom_id']}" is required`);
  if (text.length >= least && text.length <= most) return text;
  throw new ClientRefusal(
    `"${field['custom_id']}" must have ${least} to ${most} characters, it has ${text.length}`,
  );
}

function chosen(
  field: Component,
  given: FormValue | undefined,
  lookup: Lookup,
  resolved: Resolved,
): string[] {
  const wanted = given === undefined ? proposed(field) : [given ?? []].flat().map(String);
  const values = wanted.map((value) => chosenValue(field, value, lookup, resolved));
  checkFieldCount(field, values);
  return values;
}

/** What is chosen before anybody has chosen. */
function proposed(field: Component): string[] {
  const defaults = Array.isArray(field['default_values']) ? field['default_values'].filter(isComponent) : [];
  const options = optionsOf(field).filter((option) => option['default'] === true);
  return [...options.map(({ value }) => String(value)), ...defaults.map(({ id }) => String(id))];
}

function uploaded(field: Component, given: FormValue | undefined): readonly GivenFile[] {
  const files = Array.isArray(given) ? given.filter(isFile) : [];
  if (files.length !== [given ?? []].flat().length)
    throw new ClientRefusal(`"${field['custom_id']}" takes files only`);
  checkFieldCount(
    field,
    files.map((_file, index) => String(index)),
  );
  return files;
}

/** Nothing at all is also right where the field is not required. */
function checkFieldCount(field: Component, values: readonly string[]): void {
  if (values.length === 0 && field['required'] === false) return;
  if (values.length === 0) throw new ClientRefusal(`The field "${field['custom_id']}" is required`);
  const boxes = field['type'] === ComponentType.CheckboxGroup ? optionsOf(field).length : 1;
  checkCount(values, Number(field['min_values'] ?? 1), Number(field['max_values'] ?? boxes));
}

function isFile(value: unknown): value is GivenFile {
  return isComponent(value) && value['content'] instanceof Uint8Array;
}

function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
