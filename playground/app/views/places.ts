import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { focusBox } from '../focus.ts';
import { say } from '../notice.ts';
import { changed, currentServer, state } from '../state.ts';
import { become, enter } from '../visit.ts';
import { openBeforeChoosing } from './select-keys.ts';

/** Servers, channels and direct messages, at the left. */
export function places() {
  const { world } = state;
  if (!world) return nothing;
  return html`
    <nav id="places" class="places" aria-label="Servers and channels">
      <ul class="servers" aria-label="Servers">
        <li>${serverButton('Direct messages', '⚒', state.serverId === null, world.direct ? [world.direct] : [], showDirect)}</li>
        ${world.servers.map(({ id, name, channels }) => {
          const open = () => enterServer(id, channels[0]?.id);
          return html`<li>${serverButton(
            name,
            initials(name),
            id === state.serverId,
            channels.map((channel) => channel.id),
            open,
          )}</li>`;
        })}
      </ul>
      <div class="channels">
        <h2 id="server-name">${currentServer()?.name ?? 'Direct messages'}</h2>
        <ul aria-labelledby="server-name">${state.serverId === null ? direct() : channels()}</ul>
        ${youAre()}
      </div>
    </nav>
  `;
}

function channels() {
  const list = currentServer()?.channels ?? [];
  if (list.length === 0) return html`<li class="nothing">There is no channel here that you see.</li>`;
  return list.map(({ id, name }) => html`<li>${placeButton(id, `# ${name}`)}</li>`);
}

function direct() {
  const id = state.world?.direct;
  if (!id)
    return html`<li class="nothing">None yet: the bot writes to you when it has something to say.</li>`;
  return html`<li>${placeButton(id, '⚒ Forgeling')}</li>`;
}

function placeButton(id: string, label: string) {
  const isCurrent = id === state.channelId;
  const isUnread = state.unread.has(id);
  return html`
    <button
      type="button"
      class=${isUnread ? 'place unread' : 'place'}
      aria-current=${isCurrent ? 'page' : nothing}
      @click=${() => open(id)}
    >
      <span>${label}</span>${badge([id])}
    </button>
  `;
}

function serverButton(
  name: string,
  sign: string,
  isCurrent: boolean,
  channelIds: readonly string[],
  open: () => void,
) {
  return html`
    <button type="button" class="server" title=${name} aria-current=${isCurrent ? 'true' : nothing} @click=${open}>
      <span aria-hidden="true">${sign}</span><span class="for-ears">${name}</span>${isCurrent ? nothing : badge(channelIds)}
    </button>
  `;
}

/** How often one was mentioned there, or a dot where there are new messages. */
function badge(channelIds: readonly string[]) {
  const unread = channelIds.flatMap((id) => state.unread.get(id) ?? []);
  if (unread.length === 0) return nothing;
  const pings = unread.reduce((sum, count) => sum + count, 0);
  return html`<span class=${pings > 0 ? 'badge' : 'badge quiet'}>${pings > 0 ? pings : '•'}<span class="for-ears"> new messages</span></span>`;
}

function showDirect(): void {
  const id = state.world?.direct;
  if (id) open(id);
  else nowhere(null);
}

function enterServer(serverId: string, channelId: string | undefined): void {
  if (channelId !== undefined) open(channelId);
  else nowhere(serverId);
}

/** Goes there, to read and to write. */
function open(channelId: string): void {
  enter(channelId).then(focusBox).catch(say);
}

/** Shows a place in which there is no channel to look at. */
function nowhere(serverId: string | null): void {
  state.serverId = serverId;
  state.channelId = '';
  state.messages = [];
  state.placesShown = false;
  changed();
}

function youAre() {
  const people = (state.world?.people ?? []).filter(({ bot }) => !bot);
  const choose = (event: Event) => become((event.currentTarget as HTMLSelectElement).value).catch(say);
  return html`
    <label class="me">
      You are
      <select id="me" @change=${choose} @keydown=${openBeforeChoosing}>
        ${people.map(({ id, name }) => html`<option value=${id} .selected=${live(id === state.me)}>${name}</option>`)}
      </select>
    </label>
  `;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
