import { h } from './dom.js';
import { Refused, tell } from './server.js';
import { activeEntry, comboboxAttributes, hide, isOpen, move, show, take } from './suggestions.js';

const INTEGER = 4;
const BOOLEAN = 5;
const USER = 6;
const CHANNEL = 7;
const ROLE = 8;
const MENTIONABLE = 9;
const NUMBER = 10;
const ATTACHMENT = 11;

/**
 * A command with a field for each of its options.
 *
 * @param {{text: string, description: string, options: object[]}} command
 * @param {{place: () => object, world: () => object, send: (values: object) => void, cancel: () => void, trouble: (words: string) => void}} context
 * @returns the nodes, and a function that puts the cursor where it belongs
 */
export function commandForm(command, context) {
  const fields = command.options.map((option) => new Field(option, command, context, () => fields));
  const first = fields[0];
  const name = h('span', { class: 'command-name' }, command.text);
  const send = h('button', { type: 'submit', class: 'button primary' }, 'Send');
  return {
    nodes: [name, ...fields.map(({ node }) => node), send],
    focus: () => (first ? first.input.focus() : send.focus()),
    /** What is sent; `undefined`, and the cursor in the right field, when something required is missing. */
    values() {
      const missing = fields.find((field) => field.required && !field.filled);
      if (!missing)
        return Object.fromEntries(
          fields.filter(({ filled }) => filled).map((field) => [field.name, field.value]),
        );
      context.trouble(`“${missing.name}” is required`);
      missing.input.focus();
      return undefined;
    },
  };
}

class Field {
  constructor(option, command, context, siblings) {
    this.option = option;
    this.command = command;
    this.context = context;
    this.siblings = siblings;
    this.chosen = null;
    this.asked = 0;
    const { name, type, required = false, description } = option;
    this.name = name;
    this.required = required;
    this.input = h('input', {
      ...comboboxAttributes,
      type: 'text',
      id: `option-${name}`,
      name,
      placeholder: required ? 'required' : 'optional',
      title: description,
      'aria-required': String(required),
      'aria-description': description,
      inputmode: type === INTEGER || type === NUMBER ? 'decimal' : null,
      disabled: type === ATTACHMENT,
      oninput: () => this.typed(),
      onfocus: () => this.offer(),
      onblur: () => hide(),
      onkeydown: (event) => this.key(event),
    });
    this.node = h('span', { class: 'option' }, h('label', { for: `option-${name}` }, name), this.input);
  }

  get filled() {
    return this.value !== '';
  }

  /** What is sent: the value behind what was chosen, or what was typed. */
  get value() {
    if (this.chosen) return this.chosen.value;
    const text = this.input.value.trim();
    const number = this.option.type === INTEGER || this.option.type === NUMBER;
    return number && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  }

  typed() {
    this.chosen = null;
    this.context.trouble('');
    this.offer();
  }

  key(event) {
    if (move(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (isOpen()) hide();
      else this.context.cancel();
    }
    if (event.key === 'Backspace' && this.input.value === '' && this.siblings()[0] === this) {
      event.preventDefault();
      this.context.cancel();
    }
    if (event.key === 'Enter' && activeEntry()) {
      event.preventDefault();
      take();
      this.siblings()
        .find((field) => field.required && !field.filled)
        ?.input.focus();
    }
    if (event.key === 'Tab' && !event.shiftKey && activeEntry()) take();
  }

  /** Shows what could stand here. */
  async offer() {
    const asked = ++this.asked;
    const typed = this.chosen ? '' : this.input.value;
    const first = this.required || typed !== '';
    if (!this.option.autocomplete) {
      const fitting = this.fitting(typed);
      if (fitting) this.showEntries(fitting, first && !this.chosen);
      else hide();
      return;
    }
    try {
      const { choices } = await tell('autocomplete', {
        ...this.context.place(),
        command: this.command.text,
        option: this.name,
        typed,
        options: this.others(),
      });
      // Only the latest question's answer counts, and only while the cursor is still here.
      if (asked !== this.asked || document.activeElement !== this.input) return;
      this.showEntries(
        choices.map((choice) => ({ ...choice, title: choice.name })),
        first && !this.chosen,
        'Nothing fits that',
      );
    } catch (error) {
      if (asked !== this.asked) return;
      hide();
      this.context.trouble(
        error instanceof Refused ? error.message : `Choices could not be loaded: ${error.message}`,
      );
    }
  }

  /** Entries that are known without asking the bot; `undefined` where anything can be typed. */
  fitting(typed) {
    const entries = this.known();
    const wanted = typed.toLowerCase().replace(/^[@#]/, '');
    return entries?.filter(({ title }) => title.toLowerCase().includes(wanted)).slice(0, 25);
  }

  known() {
    const { people, channels, roles } = this.context.world();
    const asPeople = people.map(({ id, name, bot }) => ({
      title: `@${name}`,
      note: bot ? 'app' : '',
      value: id,
    }));
    const asRoles = roles.map(({ id, name }) => ({
      title: `@${name}`.replace('@@', '@'),
      note: 'role',
      value: id,
    }));
    switch (this.option.type) {
      case BOOLEAN:
        return [true, false].map((value) => ({ title: String(value), value }));
      case USER:
        return asPeople;
      case CHANNEL:
        return channels.map(({ id, name, topic }) => ({ title: `#${name}`, note: topic ?? '', value: id }));
      case ROLE:
        return asRoles;
      case MENTIONABLE:
        return [...asPeople, ...asRoles];
      default:
        return this.option.choices?.map(({ name, value }) => ({ title: name, value }));
    }
  }

  showEntries(entries, first, empty) {
    const choose = (entry) => {
      this.chosen = entry;
      this.input.value = entry.title;
      hide();
    };
    show(this.input, entries, choose, { first, ...(empty ? { empty } : {}) });
  }

  /** What else is filled in, for the bot to complete by. */
  others() {
    const filled = this.siblings().filter((field) => field !== this && field.filled);
    return Object.fromEntries(filled.map((field) => [field.name, field.value]));
  }
}
