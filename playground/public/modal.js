import { byId, h } from './dom.js';

const dialog = byId('dialog');

/**
 * Shows a form of the bot's.
 *
 * @param {object} modal as the bot sent it
 * @param {(values: Record<string, string | string[]>) => Promise<void>} send
 */
export function openModal(modal, send) {
  const fields = modal.components.flatMap((component) => fieldsOf(component));
  const problem = h('p', { class: 'trouble', role: 'alert' });
  const submit = async (event) => {
    event.preventDefault();
    try {
      await send(Object.fromEntries(fields.filter(({ input }) => input).map(({ id, read }) => [id, read()])));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  dialog.replaceChildren(
    h(
      'form',
      { onsubmit: submit },
      h('h2', { id: 'dialog-title' }, modal.title),
      fields.map(({ node }) => node),
      problem,
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'button', class: 'button secondary', onclick: () => dialog.close() }, 'Cancel'),
        h('button', { type: 'submit', class: 'button primary' }, 'Submit'),
      ),
    ),
  );
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  dialog.showModal();
}

function fieldsOf(component) {
  if (component.type === 1) return component.components.map((inner) => field(inner, inner.label));
  if (component.type === 18) return [field(component.component, component.label, component.description)];
  if (component.type === 10) return [{ node: h('p', {}, component.content) }];
  return [];
}

function field(component, label, description) {
  const { custom_id: id, required = true } = component;
  const attributes = {
    name: id,
    required,
    placeholder: component.placeholder,
    maxlength: component.max_length,
    minlength: component.min_length,
  };
  const input = inputFor(component, attributes);
  const read = () =>
    component.type === 4 ? input.value : [...input.selectedOptions].map(({ value }) => value);
  return {
    id,
    input,
    read,
    node: h('label', { class: 'form-field' }, label ?? id, description && h('small', {}, description), input),
  };
}

function inputFor(component, attributes) {
  if (component.type === 4 && component.style === 2)
    return h('textarea', { ...attributes, rows: 4, value: component.value ?? '' });
  if (component.type === 4) return h('input', { ...attributes, type: 'text', value: component.value ?? '' });
  const options = (component.options ?? []).map(({ label, value }) => h('option', { value }, label));
  return h(
    'select',
    { name: attributes.name, required: attributes.required, multiple: (component.max_values ?? 1) > 1 },
    options,
  );
}
