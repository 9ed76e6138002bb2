import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { keyed } from 'lit/directives/keyed.js';
import type { MessageView } from '../../page/protocol.ts';
import { choicesOf, type SelectChoice } from '../choices.ts';
import { busyKey, use } from '../deeds.ts';
import { ComponentType, type LooseComponent } from '../discord.ts';
import { placeOf, safeLink, safePicture } from '../links.ts';
import { markdown } from '../markdown.ts';
import { say } from '../notice.ts';
import { hex, names, state } from '../state.ts';
import { goTo } from '../visit.ts';
import { fileItem } from './file.ts';
import { openBeforeChoosing, toggleOnPress } from './select-keys.ts';

const STYLES: Readonly<Record<number, string>> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  6: 'secondary',
};

/** Which emoji stands before a word. */
interface Emoji {
  readonly id?: string | null;
  readonly name?: string | null;
}

/** Buttons, selects and the layout of Components V2, as they stand on a message. */
export function components(message: MessageView): unknown {
  return (message.components ?? []).map((each) => draw(each as unknown as LooseComponent, message));
}

function draw(component: LooseComponent, message: MessageView): unknown {
  const inner = (component['components'] ?? []) as readonly LooseComponent[];
  switch (component.type) {
    case ComponentType.ActionRow:
      return html`<div class="row">${inner.map((each) => draw(each, message))}</div>`;
    case ComponentType.Button:
      return button(component, message);
    case ComponentType.StringSelect:
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect:
      // Another select is a new one, in which nothing was chosen yet; the same one keeps what was.
      return keyed(JSON.stringify(component), select(component, message));
    case ComponentType.Section:
      return html`<div class="section"><div>${inner.map((each) => draw(each, message))}</div>${draw(component['accessory'] as LooseComponent, message)}</div>`;
    case ComponentType.TextDisplay:
      return html`<div class="text">${markdown(String(component['content']), names)}</div>`;
    case ComponentType.Thumbnail:
      return picture(component, 'thumbnail');
    case ComponentType.MediaGallery:
      return html`<div class="gallery">${(component['items'] as LooseComponent[]).map((item) => picture(item, 'picture'))}</div>`;
    case ComponentType.File:
      return file(component);
    case ComponentType.Separator:
      return separator(component);
    case ComponentType.Container:
      return container(component, inner, message);
    default:
      return html`<p class="hint">(a component of type ${component.type}, which the playground does not know)</p>`;
  }
}

function button(component: LooseComponent, message: MessageView) {
  const { style, label, emoji, custom_id: customId, disabled, url } = component;
  const words = html`${emojiOf(emoji as Emoji | undefined)}${label ? html`<span>${label}</span>` : nothing}`;
  const place = placeOf(url);
  if (style === 5 && place)
    return html`<button type="button" class="button secondary" @click=${() => goTo(place).catch(say)}>${words} ↗</button>`;
  if (style === 5)
    return html`<a class="button secondary" href=${ifDefined(safeLink(url))} target="_blank" rel="noreferrer noopener">${words} ↗</a>`;
  const id = String(customId);
  return html`
    <button
      type="button"
      class="button ${STYLES[Number(style)] ?? 'secondary'}"
      ?disabled=${disabled === true}
      aria-busy=${state.busy.has(busyKey(message.id, id))}
      data-custom-id=${id}
      @click=${() => use(message, id)}
    >${words}</button>
  `;
}

/** A native select, which the keyboard and a phone know; several values wait for a button. */
function select(component: LooseComponent, message: MessageView) {
  const id = String(component['custom_id']);
  const least = Number(component['min_values'] ?? 1);
  const most = Number(component['max_values'] ?? 1);
  const choices = choicesOf(component);
  const isSeveral = most > 1 || least === 0;
  const wanted = String(component['placeholder'] ?? 'Make a selection');
  const choose = async (event: Event) => {
    const field = event.currentTarget as HTMLSelectElement;
    if (isSeveral || (await use(message, id, chosenIn(field)))) return;
    // It was not taken: the same can be chosen again.
    field.selectedIndex = 0;
  };
  const send = (event: Event) => {
    const field = (event.currentTarget as HTMLElement).parentElement?.querySelector('select');
    if (field) void use(message, id, chosenIn(field));
  };
  const isDisabled = component['disabled'] === true;
  return html`
    <div class="select">
      ${isSeveral ? html`<span class="hint" aria-hidden="true">${wanted}</span>` : nothing}
      <select
        aria-label=${wanted}
        ?disabled=${isDisabled}
        ?multiple=${isSeveral}
        size=${ifDefined(isSeveral ? Math.min(choices.length, 5) : undefined)}
        aria-busy=${state.busy.has(busyKey(message.id, id))}
        data-custom-id=${id}
        @change=${choose}
        @keydown=${openBeforeChoosing}
        @mousedown=${toggleOnPress}
      >
        ${isSeveral ? nothing : html`<option value="" disabled .selected=${!choices.some(({ isChosen }) => isChosen)}>${wanted}</option>`}
        ${choices.map(option)}
      </select>
      ${isSeveral ? html`<button type="button" class="button secondary" ?disabled=${isDisabled} @click=${send}>Choose ${least === most ? least : `${least} to ${most}`}</button>` : nothing}
    </div>
  `;
}

/** One line of a select. */
export function option({ label, value, note, isChosen }: SelectChoice) {
  return html`<option value=${value} .selected=${isChosen}>${note === '' ? label : `${label} · ${note}`}</option>`;
}

function chosenIn(field: HTMLSelectElement): string[] {
  return [...field.selectedOptions].map(({ value }) => value);
}

function container(component: LooseComponent, inner: readonly LooseComponent[], message: MessageView) {
  const colour = component['accent_color'];
  const edge = typeof colour === 'number' ? `border-inline-start-color: ${hex(colour)}` : '';
  const content = inner.map((each) => draw(each, message));
  return html`<div class="container" style=${edge}>${veiled(component, content)}</div>`;
}

/** What is hidden until somebody wants to see it, where that is a spoiler. */
function veiled(component: LooseComponent, content: unknown): unknown {
  if (component['spoiler'] !== true) return content;
  return html`<details class="veil"><summary>Spoiler</summary>${content}</details>`;
}

function file(component: LooseComponent) {
  const { name, size } = component;
  return veiled(
    component,
    fileItem(urlOf(component['file']), String(name ?? 'File'), typeof size === 'number' ? size : undefined),
  );
}

function separator({ divider, spacing }: LooseComponent) {
  const width = spacing === 2 ? 'wide' : '';
  return divider === false ? html`<div class=${width}></div>` : html`<hr class=${width} />`;
}

function picture(component: LooseComponent, kind: 'picture' | 'thumbnail') {
  const address = safePicture(urlOf(component['media']));
  if (!address) return nothing;
  return veiled(
    component,
    html`<img class=${kind} src=${address} alt=${component['description'] ?? ''} loading="lazy" />`,
  );
}

function emojiOf(emoji: Emoji | undefined) {
  if (!emoji) return nothing;
  return html`<span class="emoji">${emoji.id ? `:${emoji.name}:` : emoji.name}</span>`;
}

function urlOf(media: unknown): unknown {
  return typeof media === 'object' && media !== null && 'url' in media ? media.url : undefined;
}
