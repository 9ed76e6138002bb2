import { state } from '../state.ts';
import { until } from './until.ts';

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** What a person's hands do on the page: they use what everybody sees, and nothing else. */
export class Hands {
  readonly #pause: (weight: number) => Promise<void>;

  /** @param pause waits as long as a person would, times a weight */
  constructor(pause: (weight: number) => Promise<void>) {
    this.#pause = pause;
  }

  /** Types a command, fills in its options, and sends it. */
  async command(text: string, options: Readonly<Record<string, string>>): Promise<void> {
    await until(`the command ${text}`, () => this.#isOffered(text));
    await this.#type(await this.#input('box'), text);
    await this.#take(text);
    for (const [name, value] of Object.entries(options)) await this.#fill(name, value);
    await this.#pause(3);
    this.#send();
  }

  /** Presses the newest button with this label. */
  async press(label: string): Promise<void> {
    const button = await until(`the button “${label}”`, () =>
      inMessages('button').findLast((each) => isLabel(each, label) && !(each as HTMLButtonElement).disabled),
    );
    button.scrollIntoView({ block: 'nearest' });
    button.focus();
    await this.#pause(3);
    button.click();
  }

  /** Chooses in the newest select that offers this. */
  async choose(label: string): Promise<void> {
    const offered = await until(`something to choose “${label}” in`, () =>
      inMessages('option').findLast(({ textContent }) => textContent?.startsWith(label)),
    );
    const select = offered.closest('select');
    if (!select) throw new Error(`“${label}” is in no select.`);
    select.focus();
    await this.#pause(3);
    (offered as HTMLOptionElement).selected = true;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }

  async #fill(name: string, value: string): Promise<void> {
    if (!document.getElementById(`option-${name}`)) {
      (await until('more options', () => document.getElementById('more-options'))).click();
      await this.#take(name);
    }
    const input = await this.#input(`option-${name}`);
    await this.#type(input, value);
    if (input.dataset['offers'] === 'true') await this.#take(value);
  }

  /** Chooses the suggestion that is called so. */
  async #take(wanted: string): Promise<void> {
    const suggestion = await until(`“${wanted}” among the suggestions`, () => {
      const offered = [...document.querySelectorAll<HTMLElement>('#suggestions [role="option"]')];
      const titled = (matches: (title: string) => boolean) =>
        offered.find((each) => matches(each.querySelector('.suggestion-title')?.textContent ?? ''));
      return titled((title) => title === wanted) ?? titled((title) => title.includes(wanted));
    });
    await this.#pause(2);
    suggestion.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
  }

  async #type(input: TextField, words: string): Promise<void> {
    input.focus();
    input.value = '';
    for (const letter of words) {
      input.value += letter;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, data: letter }));
      await this.#pause(0.3);
    }
  }

  #input(id: string): Promise<TextField> {
    return until(`the field ${id}`, () => document.querySelector<TextField>(`#${CSS.escape(id)}`));
  }

  #send(): void {
    document.querySelector<HTMLFormElement>('#write')?.requestSubmit();
  }

  #isOffered(text: string): boolean {
    const [first] = text.slice(1).split(' ');
    return state.commands.some(({ name }) => name === first);
  }
}

/** Elements of messages, oldest first. */
function inMessages(selector: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`#messages li ${selector}`)];
}

function isLabel({ textContent }: HTMLElement, label: string): boolean {
  const words = textContent?.trim() ?? '';
  return words === label || words.startsWith(label);
}
