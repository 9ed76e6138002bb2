import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type {
  BendingView,
  BendName,
  BendRequests,
  ChannelView,
  FaultView,
  ServerView,
} from '../../page/protocol.ts';
import { ChannelType } from '../discord.ts';
import { notice, say } from '../notice.ts';
import { bend, change } from '../server.ts';
import { currentChannel, currentServer, state } from '../state.ts';
import { nameForm } from './name-form.ts';

/** What the bot needs to write in a channel, under the names that Discord shows. */
const NEEDED = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
} as const;

const PERMISSIONS = ['Administrator', 'ManageGuild', 'ManageChannels', 'MentionEveryone', 'SendMessages'];

/** The world around the bot: time, faults, places. */
export function worldPanel() {
  const { world } = state;
  if (!world) return nothing;
  const server = currentServer();
  const channel = currentChannel();
  return html`
    ${time(world.bending, server)} ${faults(world.bending)} ${machinery(world.bending)}
    ${channel ? thisChannel(channel) : nothing} ${server ? thisServer(server) : nothing}
    <section>
      <h2>A server of your own</h2>
      ${nameForm({ label: 'New server', button: 'Open', submit: (name) => change('server', { name, owner: state.me }) })}
    </section>
  `;
}

function time({ speed, speeds }: BendingView, server: ServerView | undefined) {
  return html`
    <section>
      <h2 id="speed">How fast the game goes</h2>
      <div class="row" role="group" aria-labelledby="speed">
        ${speeds.map((factor) => html`<button type="button" class="button secondary" aria-pressed=${factor === speed} @click=${() => doing('speed', { factor })}>${factor.toLocaleString('en')}×</button>`)}
      </div>
      <button type="button" class="button secondary" @click=${() => doing('finish', server ? { server: server.id } : {})}>Let the next craft here finish now</button>
    </section>
  `;
}

function faults({ faults: all }: BendingView) {
  const here = all.filter(
    ({ fault }) =>
      fault.kind !== 'noWriting' || fault.channel === state.channelId || isOn(all, fault.channel),
  );
  return html`
    <section>
      <h2>What goes wrong</h2>
      ${here.map(faultChoice)}
      <button type="button" class="button secondary" @click=${() => doing('dropGateway', {})}>Drop the gateway once</button>
    </section>
  `;
}

function isOn(all: readonly FaultView[], channelId: string): boolean {
  return all.some(({ fault, on }) => on && fault.kind === 'noWriting' && fault.channel === channelId);
}

function faultChoice({ label, on, fault }: FaultView) {
  const set = (event: Event) =>
    doing('fault', { ...fault, on: (event.currentTarget as HTMLInputElement).checked });
  return html`<label class="choice"><input type="checkbox" .checked=${live(on)} @change=${set} /> <span>${label}</span></label>`;
}

function machinery({ postgres, bot }: BendingView) {
  return html`
    <section>
      <h2>The machine</h2>
      <p class="hint">The bot is ${bot}; PostgreSQL ${POSTGRES[postgres]}.</p>
      <div class="row">
        <button type="button" class="button danger" ?disabled=${bot === 'stopped'} @click=${() => doing('killBot', {})}>Kill the bot</button>
        <button type="button" class="button secondary" ?disabled=${bot === 'stopped'} @click=${() => doing('restartBot', {})}>Restart it</button>
        ${
          bot === 'stopped'
            ? html`<button type="button" class="button success" @click=${() => doing('startBot', {})}>Start it</button>`
            : html`<button type="button" class="button secondary" @click=${() => doing('stopBot', {})}>Stop it</button>`
        }
        ${postgres === 'given' ? nothing : html`<button type="button" class="button danger" ?disabled=${postgres === 'stopped'} @click=${() => doing('stopPostgres', {})}>Stop PostgreSQL</button>`}
      </div>
    </section>
  `;
}

const POSTGRES = {
  running: 'runs',
  stopped: 'does not run',
  given: 'is one that you gave, and is left alone',
} as const;

function thisChannel({ id, name, denied }: ChannelView) {
  const target = state.world?.applicationId ?? '';
  const set = (permission: string, event: Event) => {
    const isAllowed = (event.currentTarget as HTMLInputElement).checked;
    return change('permission', { channel: id, target, permission, allowed: isAllowed ? null : false }).catch(
      say,
    );
  };
  return html`
    <section>
      <h2>What the bot may do in #${name}</h2>
      ${Object.entries(NEEDED).map(([permission, words]) => html`<label class="choice"><input type="checkbox" .checked=${live(!denied.includes(permission))} @change=${(event: Event) => set(permission, event)} /> <span>${words}</span></label>`)}
      <button type="button" class="button danger" @click=${() => remove(`#${name}`, () => change('removeChannel', { channel: id }))}>Delete #${name}</button>
    </section>
  `;
}

function thisServer(server: ServerView) {
  const bot = state.world?.applicationId ?? '';
  return html`
    <section>
      <h2>${server.name}</h2>
      ${nameForm({ label: 'New channel', button: 'Add', submit: (name) => change('channel', { server: server.id, name }) })}
      ${nameForm({ label: 'New announcement channel', button: 'Add', submit: (name) => change('channel', { server: server.id, name, type: ChannelType.Announcement }) })}
      ${nameForm({ label: 'New role', button: 'Add', submit: (name) => change('role', { server: server.id, name }) })}
      ${server.roles.filter(({ managed }) => !managed).map((role) => rolePermissions(server, role))}
      <button type="button" class="button danger" @click=${() => remove(`the server ${server.name}`, () => change('removeServer', { server: server.id }))}>Delete ${server.name}</button>
      ${server.hasBot ? nothing : html`<button type="button" class="button success" @click=${() => change('invite', { server: server.id, person: bot }).catch(say)}>Invite the bot</button>`}
    </section>
  `;
}

function rolePermissions(server: ServerView, { id, name, permissions }: ServerView['roles'][number]) {
  const set = (permission: string, event: Event) => {
    const isHeld = (event.currentTarget as HTMLInputElement).checked;
    const others = permissions.filter((each) => each !== permission);
    const wanted = isHeld ? [...others, permission] : others;
    return change('rolePermissions', { server: server.id, role: id, permissions: wanted }).catch(say);
  };
  return html`
    <details>
      <summary>What ${`@${name}`.replace('@@', '@')} may do</summary>
      ${PERMISSIONS.map((permission) => html`<label class="choice"><input type="checkbox" .checked=${live(permissions.includes(permission))} @change=${(event: Event) => set(permission, event)} /> <span>${permission}</span></label>`)}
    </details>
  `;
}

async function doing<Name extends BendName>(what: Name, body: BendRequests[Name]): Promise<void> {
  await bend(what, body)
    .then(({ words }) => notice(words))
    .catch(say);
}

/** Deletes something after having asked. */
async function remove(what: string, doIt: () => Promise<unknown>): Promise<void> {
  if (!confirm(`Delete ${what}, with everything that was said there?`)) return;
  await doIt().catch(say);
}
