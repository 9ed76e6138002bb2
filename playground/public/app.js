import { avatar } from './avatar.js';
import { composer } from './composer.js';
import { byId, h } from './dom.js';
import { localItem, messageItem } from './message.js';
import { openModal } from './modal.js';
import { ask, listen, tell, Unanswered } from './server.js';

/** Whom a newcomer is at first. */
const FIRST_PERSON = 'Mira';
const FIRST_CHANNEL = 'workshop';

const state = {
  me: null,
  channelId: null,
  world: null,
  commands: [],
  dismissed: new Set(),
  /** Channels in which something was said since they were last looked at. */
  unread: new Map(),
};

let stopListening = () => {};

const names = {
  person: (id) => find(state.world.people, id)?.name ?? 'unknown person',
  role: (id) => find(state.world.roles, id)?.name ?? 'unknown role',
  channel: (id) => find(state.world.channels, id)?.name ?? 'unknown channel',
};

const box = composer({
  place,
  world: () => state.world,
  commands: () => state.commands,
  placeholder: () => `Message ${placeName()}`,
  say: async (content) => void (await tell('say', { ...place(), content })),
  run,
});

await start();

async function start() {
  const { people } = await ask('world', { as: '' });
  const [person, channel] = decodeURIComponent(location.hash.slice(1)).split('/');
  const me =
    people.find(({ name, bot }) => name === person && !bot) ??
    people.find(({ name }) => name === FIRST_PERSON);
  byId('me').append(
    ...people.filter(({ bot }) => !bot).map(({ id, name }) => h('option', { value: id }, name)),
  );
  byId('me').addEventListener('change', (event) => become(event.target.value));
  byId('menu').addEventListener('click', () => showPlaces(!document.body.classList.contains('places-shown')));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') showPlaces(false);
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (!byId('places').contains(target) && !byId('menu').contains(target)) showPlaces(false);
  });
  await become(me.id, channel ?? FIRST_CHANNEL);
}

/** Goes on as another person. */
async function become(personId, channelName) {
  state.me = personId;
  state.unread.clear();
  byId('me').value = personId;
  stopListening();
  stopListening = listen(
    personId,
    { message, deleted, bot: showBot, commands: reloadCommands, places: reloadWorld },
    again,
  );
  await reloadWorld();
  const wanted = state.world.channels.find(({ name, id }) => name === channelName || id === state.channelId);
  await enter((wanted ?? state.world.channels[0]).id);
}

/** Looks at another channel. */
async function enter(channelId) {
  state.channelId = channelId;
  state.unread.delete(channelId);
  showPlaces(false);
  location.hash = `${encodeURIComponent(names.person(state.me))}/${encodeURIComponent(find(state.world.channels, channelId)?.name ?? 'direct')}`;
  await reloadChannel();
  drawPlaces();
  // On a phone the focus would bring up the keyboard.
  box.reset('', !matchMedia('(pointer: coarse)').matches);
}

async function again() {
  await reloadWorld();
  await reloadChannel();
}

async function reloadWorld() {
  state.world = await ask('world', { as: state.me });
  showBot(state.world.bot);
  drawPlaces();
}

async function reloadChannel() {
  const { messages, commands } = await ask('channel', { as: state.me, in: state.channelId });
  state.commands = commands;
  byId('messages').replaceChildren(...messages.filter(({ id }) => !state.dismissed.has(id)).map(draw));
  afterChange(true);
}

/** The messages stay, and with them the lines that only this page knows of. */
async function reloadCommands() {
  const { commands } = await ask('channel', { as: state.me, in: state.channelId });
  state.commands = commands;
  afterChange(false);
}

// What happens

function message(said) {
  if (said.channel_id !== state.channelId) {
    noteUnread(said);
    return;
  }
  if (state.dismissed.has(said.id)) return;
  const atEnd = isAtEnd();
  const existing = byId(`message-${said.id}`);
  if (existing) replaceKeepingFocus(existing, draw(said));
  else byId('messages').append(draw(said));
  afterChange(atEnd);
}

function deleted({ messageId }) {
  byId(`message-${messageId}`)?.remove();
  afterChange(false);
}

function noteUnread({ channel_id: channelId, pinged, edited_timestamp: edited }) {
  if (edited) return;
  const before = state.unread.get(channelId) ?? { pings: 0 };
  const pings = pinged.userIds.includes(state.me) || pinged.everyone;
  state.unread.set(channelId, { pings: before.pings + (pings ? 1 : 0) });
  if (!find(state.world.channels, channelId) && state.world.direct !== channelId) reloadWorld();
  else drawPlaces();
}

function showBot({ state: how, words }) {
  byId('bot-state').textContent = how === 'ready' ? '' : words;
  document.body.dataset.bot = how;
}

// What a person does

async function run(command, options) {
  const title = `${names.person(state.me)} used ${command.text}`;
  await waitingFor(title, () => tell('command', { ...place(), command: command.text, options }));
}

async function press(messageId, customId, button) {
  await busy(button, () => tell('press', { ...place(), message: messageId, customId }));
}

async function choose(messageId, customId, values, field) {
  await busy(field, () => tell('select', { ...place(), message: messageId, customId, values }));
}

/** Shows a line while the bot has not answered, and another one if it does not. */
async function waitingFor(title, deed) {
  const channelId = state.channelId;
  const waiting = localItem({ title, words: 'Sending command…', waiting: true });
  byId('messages').append(waiting);
  afterChange(true);
  try {
    finish(await deed());
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    if (state.channelId === channelId) addLocal({ title, words: error.message });
  } finally {
    waiting.remove();
    afterChange(true);
  }
}

/** The same for something that stands on a message. */
async function busy(element, deed) {
  element.setAttribute('aria-busy', 'true');
  try {
    finish(await deed());
  } catch (error) {
    addLocal({
      title: 'This interaction failed',
      words: error.message,
    });
  } finally {
    element.removeAttribute('aria-busy');
  }
}

function addLocal(row) {
  const item = localItem({ ...row, waiting: false, dismiss: () => item.remove() });
  byId('messages').append(item);
  afterChange(true);
}

function finish(answer) {
  if (answer.kind !== 'modal') return;
  openModal(answer.modal, async (values) => {
    finish(await tell('submit', { ...place(), interaction: answer.interactionId, values }));
  });
}

// Drawing

function draw(said) {
  return messageItem(said, {
    me: state.me,
    author: ({ id, global_name: display, username }) => {
      const person = find(state.world.people, id) ?? { id, name: display ?? username, bot: true, roles: [] };
      return { ...person, colour: colourOf(person) };
    },
    tools: {
      names,
      choices,
      press: (customId, button) => press(said.id, customId, button),
      select: (customId, values, field) => choose(said.id, customId, values, field),
    },
    react: (id, emoji) => tell('react', { ...place(), message: id, emoji }).catch(() => {}),
    dismiss: (id) => {
      state.dismissed.add(id);
      byId(`message-${id}`)?.remove();
      afterChange(false);
    },
  });
}

/** What selects of people, roles and channels offer. */
function choices(type) {
  const { people, roles, channels } = state.world;
  const named = (things, sign) =>
    things.map(({ id, name }) => ({ label: `${sign}${name}`.replace('@@', '@'), value: id }));
  if (type === 8) return named(channels, '#');
  if (type === 6) return named(roles, '@');
  return type === 5 ? named(people, '@') : [...named(people, '@'), ...named(roles, '@')];
}

function drawPlaces() {
  const { guild, channels, direct, people } = state.world;
  byId('guild-name').textContent = guild.name;
  byId('channels').replaceChildren(...channels.map(({ id, name }) => placeItem(id, `# ${name}`)));
  byId('direct').replaceChildren(
    direct ? placeItem(direct, '⚒ Forgeling') : h('li', { class: 'nothing' }, 'None yet'),
  );
  byId('people').replaceChildren(...people.map(personItem));
  byId('place-name').textContent = placeName();
  byId('place-topic').textContent = find(channels, state.channelId)?.topic ?? '';
}

function placeItem(id, label) {
  const unread = state.unread.get(id);
  const current = id === state.channelId;
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: unread ? 'place unread' : 'place',
        'aria-current': current ? 'page' : null,
        onclick: () => enter(id),
      },
      label,
      unread &&
        h(
          'span',
          { class: 'badge', 'aria-label': 'new messages' },
          unread.pings > 0 ? String(unread.pings) : '•',
        ),
    ),
  );
}

function personItem(person) {
  const roles = person.roles
    .map((id) => find(state.world.roles, id)?.name)
    .filter((name) => name && name !== person.name);
  return h(
    'li',
    { class: person.id === state.me ? 'person self' : 'person' },
    avatar(person),
    h('span', { style: colourOf(person) ? { color: colourOf(person) } : {} }, person.name),
    person.bot && h('span', { class: 'tag' }, 'APP'),
    roles.length > 0 && h('small', {}, roles.join(', ')),
    person.id === state.me && h('small', {}, 'you'),
  );
}

function afterChange(toEnd) {
  const empty = byId('messages').children.length === 0;
  byId('empty').hidden = !empty;
  if (empty) byId('empty').replaceChildren(...invitation());
  if (toEnd) byId('scroll').scrollTop = byId('scroll').scrollHeight;
}

function invitation() {
  if (!find(state.world.channels, state.channelId)) return [h('p', {}, 'Nothing was said here yet.')];
  const craft = state.commands.some(({ name }) => name === 'craft');
  return [
    h('p', { class: 'heading heading-1' }, `Welcome to ${placeName()}`),
    h(
      'p',
      {},
      craft ? 'Start with a craft: type ' : 'Type ',
      h('kbd', {}, craft ? '/craft' : '/'),
      craft
        ? ', choose a recipe, and press Enter. The time until it is ready counts down; what is rare is announced in #announcements.'
        : ' to see what can be done here.',
    ),
    craft &&
      h(
        'button',
        { type: 'button', class: 'button primary', onclick: () => box.reset('/craft ') },
        'Type /craft for me',
      ),
  ].filter(Boolean);
}

function replaceKeepingFocus(existing, fresh) {
  const focused = existing.contains(document.activeElement)
    ? document.activeElement.dataset.customId
    : undefined;
  existing.replaceWith(fresh);
  if (focused === undefined) return;
  const same = [...fresh.querySelectorAll('[data-custom-id]')].find(
    (element) => element.dataset.customId === focused,
  );
  (same ?? byId('box'))?.focus();
}

function isAtEnd() {
  const { scrollTop, scrollHeight, clientHeight } = byId('scroll');
  return scrollHeight - scrollTop - clientHeight < 80;
}

function showPlaces(shown) {
  document.body.classList.toggle('places-shown', shown);
  byId('menu').setAttribute('aria-expanded', String(shown));
}

function placeName() {
  const channel = find(state.world?.channels ?? [], state.channelId);
  return channel ? `#${channel.name}` : 'Forgeling';
}

function colourOf({ roles = [] }) {
  const role = roles.map((id) => find(state.world.roles, id)).find((candidate) => candidate?.color);
  // Mixed with the text's colour, so that it can be read on light and on dark ground.
  return role
    ? `color-mix(in oklab, #${role.color.toString(16).padStart(6, '0')} 55%, var(--text))`
    : undefined;
}

function place() {
  return { as: state.me, channel: state.channelId };
}

function find(things, id) {
  return things.find((thing) => thing.id === id);
}
