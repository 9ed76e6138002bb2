import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { MessageView } from '../../page/protocol.ts';
import { avatarOf } from '../avatar.ts';
import { dismiss, dropLine, react } from '../deeds.ts';
import { MessageFlag } from '../discord.ts';
import { safePicture } from '../links.ts';
import { inline, markdown } from '../markdown.ts';
import { colourOf, type LocalLine, names, personOf, state } from '../state.ts';
import { formatMoment, saidAt } from '../time.ts';
import { components } from './components.ts';
import { embed } from './embed.ts';
import { fileItem } from './file.ts';

/** Within this, what the same one says stands together. */
const TOGETHER_MS = 7 * 60_000;

/** Whether a message goes on with the one before it, and need not say again whose it is. */
export function goesOn(message: MessageView, before: MessageView | undefined): boolean {
  if (!before || message.used || message.referenced_message !== undefined) return false;
  const isSame = before.author.id === message.author.id && before.ephemeral === message.ephemeral;
  return isSame && Date.parse(message.timestamp) - Date.parse(before.timestamp) < TOGETHER_MS;
}

/**
 * One message as a list item.
 *
 * @param isMore whether it goes on with the one before it
 */
export function messageItem(message: MessageView, isMore: boolean) {
  const { id, author, ephemeral, pinged } = message;
  const person = personOf(author.id) ?? {
    id: author.id,
    name: author.global_name ?? author.username,
    bot: author.bot ?? false,
  };
  const pings = pinged.everyone || pinged.userIds.includes(state.me);
  return html`
    <li id="message-${id}" class=${ephemeral ? 'ephemeral' : ''}>
      <discord-message
        author=${person.name}
        avatar=${avatarOf(person)}
        ?bot=${person.bot}
        ?highlight=${pings}
        ?message-body-only=${isMore}
        ?edited=${message.edited_timestamp !== null && message.content !== ''}
        role-color=${ifDefined(colourOf(person.id))}
        .timestamp=${isMore ? formatMoment(new Date(message.timestamp), 't') : saidAt(message.timestamp)}
      >
        ${isMore ? html`<span class="for-ears">${person.name}:</span>` : nothing}
        ${used(message)} ${repliedTo(message)} ${ephemeral ? nothing : reactionChoice(message)}
        ${hasFlag(message, MessageFlag.Loading) ? html`<p class="thinking">${person.name} is thinking…</p>` : body(message)}
        ${ephemeral ? onlyYou(() => dismiss(id)) : nothing}
      </discord-message>
    </li>
  `;
}

/** A line of the page's own, which only this person sees. */
export function localItem({ id, title, words, isWaiting }: LocalLine) {
  return html`
    <li class="ephemeral local">
      <discord-message author="Forgeling" avatar=${avatarOf({ id: '0', name: 'Forgeling', bot: true })} bot .timestamp=${''}>
        <span slot="reply" class="used">${title}</span>
        <p class=${isWaiting ? 'thinking' : 'trouble'}>${words}</p>
        ${isWaiting ? nothing : onlyYou(() => dropLine(id))}
      </discord-message>
    </li>
  `;
}

function hasFlag({ flags }: MessageView, flag: number): boolean {
  return (Number(flags ?? 0) & flag) !== 0;
}

function used({ used: command }: MessageView) {
  if (!command) return nothing;
  return html`<span slot="reply" class="used">${head(command.userId)} used <span class="command">/${command.command}</span></span>`;
}

function repliedTo({ referenced_message: original }: MessageView) {
  if (original === undefined) return nothing;
  if (!original) return html`<span slot="reply" class="used"><em>The message was deleted</em></span>`;
  return html`<span slot="reply" class="used">${head(original.author.id)} <span>${inline(original.content.slice(0, 100), names)}</span></span>`;
}

/** Somebody's picture and name, small. */
function head(personId: string) {
  const name = names.person(personId);
  const picture = avatarOf(personOf(personId) ?? { id: personId, name, bot: false });
  return html`<img src=${picture} alt="" /><strong>${name}</strong>`;
}

function body(message: MessageView) {
  const { content, embeds, reactions = [], components: parts = [] } = message;
  // What a card shows is not shown once more beside it.
  const inCards = JSON.stringify([embeds, parts]);
  const attachments = message.attachments.filter(({ url }) => !inCards.includes(JSON.stringify(url)));
  const shown = hasFlag(message, MessageFlag.SuppressEmbeds) ? [] : embeds;
  // With Components V2, files are shown by the components that hold them, and only there.
  const files = hasFlag(message, MessageFlag.ComponentsV2) ? [] : attachments;
  return html`
    ${content === '' ? nothing : html`<div class="text">${markdown(content, names)}</div>`}
    ${shown.map((each) => embed(each, names))}
    ${files.length === 0 ? nothing : html`<div slot="attachments" class="attachments">${files.map(attachment)}</div>`}
    <div slot="components" class="components">${components(message)}</div>
    ${reactions.length === 0 ? nothing : html`<div slot="reactions" class="reactions">${reactions.map((each) => reaction(message, each))}</div>`}
  `;
}

function attachment({
  url,
  filename,
  content_type: type,
  description,
  size,
}: MessageView['attachments'][number]) {
  const isPicture = type?.startsWith('image/') && type !== 'image/svg+xml';
  if (isPicture)
    return html`<img class="picture" src=${ifDefined(safePicture(url))} alt=${description ?? filename} loading="lazy" />`;
  return fileItem(url, filename, size);
}

function reaction(
  message: MessageView,
  { emoji, count, me: mine }: NonNullable<MessageView['reactions']>[number],
) {
  const key = emoji.id ? `${emoji.name}:${emoji.id}` : (emoji.name ?? '');
  return html`<button type="button" class="reaction" aria-pressed=${mine} @click=${() => react(message, key, mine)}>${emoji.name} ${count}</button>`;
}

/** What one can react with besides what is there. */
const REACTIONS = ['👍', '❤️', '😂', '🎉', '🔥', '👀'];

function reactionChoice(message: MessageView) {
  const choose = async (event: Event, emoji: string) => {
    const choice = (event.currentTarget as HTMLElement).closest('details');
    await react(message, emoji, false);
    choice?.removeAttribute('open');
    choice?.querySelector('summary')?.focus();
  };
  return html`
    <details class="react" name="react" @focusout=${closeWhenLeft} @keydown=${closeOnEscape}>
      <summary aria-label="Add a reaction" title="Add a reaction">🙂</summary>
      <div class="row">
        ${REACTIONS.map((emoji) => html`<button type="button" class="reaction" aria-label="React with ${emoji}" @click=${(event: Event) => choose(event, emoji)}>${emoji}</button>`)}
      </div>
    </details>
  `;
}

function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent): void {
  const choice = currentTarget as HTMLDetailsElement;
  if (!choice.contains(relatedTarget as Element | null)) choice.open = false;
}

function closeOnEscape({ key, currentTarget }: KeyboardEvent): void {
  const choice = currentTarget as HTMLDetailsElement;
  if (key !== 'Escape' || !choice.open) return;
  choice.open = false;
  choice.querySelector('summary')?.focus();
}

function onlyYou(away: () => void) {
  return html`<p slot="components" class="only-you">👁 Only you can see this · <button type="button" class="as-link" @click=${away}>Dismiss message</button></p>`;
}
