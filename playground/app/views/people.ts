import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PersonView, ServerView } from '../../page/protocol.ts';
import { avatarOf } from '../avatar.ts';
import { notice, say } from '../notice.ts';
import { change } from '../server.ts';
import { colourOf, currentServer, personOf, state } from '../state.ts';
import { become } from '../visit.ts';
import { nameForm } from './name-form.ts';

const languages = new Intl.DisplayNames('en', { type: 'language' });

/** Who is here, who they are, and who could come. */
export function peoplePanel() {
  const server = currentServer();
  if (!server) return nowhere();
  const members = server.members.flatMap(({ userId }) => personOf(userId) ?? []);
  const others = (state.world?.people ?? []).filter((person) => !members.includes(person));
  return html`
    <h2>In ${server.name} · ${members.length}</h2>
    <ul class="people">${repeat(
      members,
      ({ id }) => id,
      (person) => member(person, server),
    )}</ul>
    ${nameForm({ label: 'Somebody new', button: 'Add', submit: (name) => change('person', { name, server: server.id }) })}
    ${others.length === 0 ? nothing : html`<h2>Not here</h2><ul class="people">${others.map((person) => outsider(person, server))}</ul>`}
  `;
}

/** Where one is in no server. */
function nowhere() {
  const words = 'Direct messages: only you and Forgeling.';
  const isAlone = state.world?.servers.length === 0;
  return html`
    <p class="nothing">${words}</p>
    ${isAlone ? html`<p class="nothing">You are in no server. Be somebody who is, at the lower left, and invite yourself; or open a server of your own, under World.</p>` : nothing}
  `;
}

function member(person: PersonView, server: ServerView) {
  const held = server.members.find(({ userId }) => userId === person.id)?.roleIds ?? [];
  const shown = server.roles
    .filter(({ id, managed }) => held.includes(id) && !managed)
    .map(({ name }) => name);
  const isOwner = person.id === server.ownerId;
  const notes = [isOwner ? 'owner' : '', ...shown].filter((note) => note !== '');
  return html`
    <li>
      <details>
        <summary>
          <img src=${avatarOf(person)} alt="" />
          <span style=${colourOf(person.id) ? `color: ${colourOf(person.id)}` : ''}>${person.name}</span>
          ${person.bot ? html`<span class="tag">APP</span>` : nothing}
          ${person.id === state.me ? html`<small>you</small>` : nothing}
          ${notes.length === 0 ? nothing : html`<small>${notes.join(', ')}</small>`}
        </summary>
        <div class="choices">${deeds(person, server, held, isOwner)}</div>
      </details>
    </li>
  `;
}

function deeds(person: PersonView, server: ServerView, held: readonly string[], isOwner: boolean) {
  const leave = () =>
    change('leave', { server: server.id, person: person.id })
      .then(() => notice(`${person.name} has left ${server.name}`))
      .catch(say);
  const words = person.id === state.me ? 'Leave the server' : `Make ${person.name} leave the server`;
  const away = html`<button type="button" class="button danger" @click=${leave}>${person.bot ? 'Throw it out of the server' : words}</button>`;
  if (person.bot) return away;
  return html`
    ${person.id === state.me ? nothing : html`<button type="button" class="button primary" @click=${() => become(person.id).catch(say)}>Be ${person.name}</button>`}
    ${roleChoices(person, server, held)}
    <label class="choice">
      <input type="checkbox" .checked=${live(person.acceptsDirectMessages)} @change=${(event: Event) => openMessages(person, event)} />
      <span>Takes direct messages</span>
    </label>
    <p class="hint">Their Discord speaks ${languageOf(person.locale)}.</p>
    ${isOwner ? nothing : away}
  `;
}

/** A locale of Discord's in words: `German`. */
function languageOf(locale: string): string {
  return languages.of(locale) ?? locale;
}

function roleChoices(person: PersonView, server: ServerView, held: readonly string[]) {
  const roles = server.roles.filter(({ id, managed }) => id !== server.id && !managed);
  return roles.map(({ id, name }) => {
    const set = (event: Event) => {
      const isHeld = (event.currentTarget as HTMLInputElement).checked;
      const kept = held.filter((each) => each !== id);
      return change('roles', {
        server: server.id,
        person: person.id,
        roles: isHeld ? [...kept, id] : kept,
      }).catch(say);
    };
    return html`<label class="choice"><input type="checkbox" .checked=${live(held.includes(id))} @change=${set} /> <span>${name}</span></label>`;
  });
}

function outsider(person: PersonView, server: ServerView) {
  const invite = () =>
    change('invite', { server: server.id, person: person.id })
      .then(() => notice(`${person.name} has joined ${server.name}`))
      .catch(say);
  return html`
    <li class="outsider">
      <img src=${avatarOf(person)} alt="" /> <span>${person.name}</span>
      <button type="button" class="button secondary" @click=${invite}>Invite<span class="for-ears"> ${person.name}</span></button>
    </li>
  `;
}

function openMessages(person: PersonView, event: Event) {
  const isOpen = (event.currentTarget as HTMLInputElement).checked;
  return change('directMessages', { person: person.id, open: isOpen }).catch(say);
}
