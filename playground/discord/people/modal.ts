import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord-api-types/v10';
import { everyComponent } from '../wire/components.ts';
import { ClientRefusal } from './refusal.ts';

type Values = Readonly<Record<string, string | readonly string[]>>;
type Component = Record<string, unknown>;

/**
 * `data` of a sent modal ("Modal Submit Data Structure"), in the arrangement of the modal: fields in rows or labels.
 *
 * @throws ClientRefusal when a field is missing, unknown, too short or too long
 */
export function modalAnswers(modal: APIModalInteractionResponseCallbackData, values: Values) {
  const fields = everyComponent(modal.components).filter(({ custom_id: id }) => typeof id === 'string');
  const unknown = Object.keys(values).find((id) => !fields.some((field) => field['custom_id'] === id));
  if (unknown !== undefined) throw new ClientRefusal(`The modal has no field "${unknown}"`);
  const answered: unknown[] = modal.components.map((component, index) =>
    answer({ ...component }, index + 1, values),
  );
  return { custom_id: modal.custom_id, components: answered };
}

function answer(component: Component, id: number, values: Values): unknown {
  const { type } = component;
  if (type === ComponentType.ActionRow && Array.isArray(component['components'])) {
    return { type, id, components: component['components'].map((inner) => answer(inner, id, values)) };
  }
  if (type === ComponentType.Label && isComponent(component['component'])) {
    return { type, id, component: answer(component['component'], id, values) };
  }
  if (typeof component['custom_id'] !== 'string') return { type, id };
  const given = values[component['custom_id']];
  if (type !== ComponentType.TextInput) {
    return { type, id, custom_id: component['custom_id'], values: [given ?? []].flat() };
  }
  return { type, id, custom_id: component['custom_id'], value: typedText(component, given) };
}

function typedText(field: Component, given: string | readonly string[] | undefined): string {
  const text = String(given ?? field['value'] ?? '');
  const least = Number(field['min_length'] ?? 0);
  const most = Number(field['max_length'] ?? 4_000);
  if (text === '' && field['required'] === false) return text;
  if (text === '') throw new ClientRefusal(`The field "${field['custom_id']}" is required`);
  if (text.length >= least && text.length <= most) return text;
  throw new ClientRefusal(
    `"${field['custom_id']}" must have ${least} to ${most} characters, it has ${text.length}`,
  );
}

function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
