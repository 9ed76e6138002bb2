import { commandForm } from './commandForm.js';
import { flatten, matching } from './commands.js';
import { byId, h } from './dom.js';
import { activeEntry, comboboxAttributes, hide, isOpen, move, show, take } from './suggestions.js';

const form = byId('write');

/**
 * The box at the bottom: free text, or a command with its options.
 *
 * @param {{place: () => object, world: () => object, commands: () => object[], placeholder: () => string, say: (text: string) => Promise<void>, run: (command: object, values: object) => Promise<void>}} scene
 */
export function composer(scene) {
  let current = null;
  let box = null;

  /** Back to free text, with this in it. */
  function reset(text = '', focus = true) {
    current = null;
    hide();
    trouble('');
    box = h('input', {
      ...comboboxAttributes,
      id: 'box',
      type: 'text',
      maxlength: 2000,
      'aria-label': scene.placeholder(),
      placeholder: scene.placeholder(),
      oninput: typed,
      onblur: () => hide(),
      onkeydown: key,
    });
    box.value = text;
    form.replaceChildren(box);
    byId('hint').replaceChildren('Type ', h('kbd', {}, '/'), ' for commands');
    if (focus) box.focus();
    if (text !== '') typed();
  }

  function typed() {
    const text = box.value;
    trouble('');
    if (!text.startsWith('/')) {
      hide();
      return;
    }
    const commands = flatten(scene.commands());
    const complete = text.endsWith(' ') && commands.find((command) => command.text === text.trim());
    if (complete) {
      open(complete);
      return;
    }
    const entries = matching(commands, text).map((command) => ({
      title: command.text,
      note: command.description,
      command,
    }));
    show(box, entries, ({ command }) => open(command), {
      empty: commands.length === 0 ? 'There are no commands here' : 'There is no such command',
    });
  }

  function key(event) {
    if (move(event)) return;
    if (event.key === 'Escape' && isOpen()) hide();
    if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && activeEntry()) {
      event.preventDefault();
      take();
    }
  }

  function open(command) {
    hide();
    enter(command, commandForm(command, { ...scene, trouble, cancel: () => reset('/') }));
  }

  function enter(command, made) {
    current = { command, made };
    form.replaceChildren(...made.nodes);
    byId('hint').replaceChildren(
      command.description,
      ' · ',
      h('kbd', {}, 'Enter'),
      ' sends, ',
      h('kbd', {}, 'Esc'),
      ' goes back',
    );
    made.focus();
  }

  async function submit(event) {
    event.preventDefault();
    if (!current) {
      await sayIt();
      return;
    }
    const { command, made } = current;
    const values = made.values();
    if (!values) return;
    reset();
    try {
      await scene.run(command, values);
    } catch (error) {
      // What was filled in comes back, unless something else was begun meanwhile.
      if (!current && box.value === '') enter(command, made);
      trouble(error.message);
    }
  }

  async function sayIt() {
    const text = box.value.trim();
    if (text === '') return;
    if (text.startsWith('/')) {
      trouble('Choose a command from the list, or begin with something other than a slash');
      return;
    }
    try {
      box.value = '';
      await scene.say(text);
    } catch (error) {
      box.value = text;
      trouble(error.message);
    }
  }

  form.addEventListener('submit', submit);
  return { reset, open };
}

/** Says kindly what was wrong. */
function trouble(words) {
  byId('trouble').textContent = words;
}
