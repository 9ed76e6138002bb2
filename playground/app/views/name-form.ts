import { html } from 'lit';
import { notice, say } from '../notice.ts';

/** A field for a name and a button that makes something of that name. */
export function nameForm({
  label,
  button,
  submit,
}: {
  readonly label: string;
  readonly button: string;
  readonly submit: (name: string) => Promise<unknown>;
}) {
  const send = async (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const field = form.querySelector('input');
    if (!field || field.value.trim() === '') return;
    try {
      await submit(field.value.trim());
      notice(`${field.value.trim()} is there now`);
      form.reset();
    } catch (error) {
      say(error);
    }
  };
  return html`
    <form class="name-form" @submit=${send}>
      <input type="text" aria-label=${label} placeholder=${label} maxlength="100" />
      <button type="submit" class="button secondary">${button}<span class="for-ears"> ${label}</span></button>
    </form>
  `;
}
