import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';

import { shorten } from './shorten.ts';

export type Button = APIButtonComponentWithCustomId;
export type LinkButton = APIButtonComponentWithURL;
export type ButtonRow<Kind extends Button | LinkButton = Button> = APIActionRowComponent<Kind>;
export type Select = APISelectMenuComponent;
export type ComponentRow = ButtonRow | APIActionRowComponent<Select>;

/** Discord's limits ("Component Reference"): the label of a button, and the buttons of a row. */
const LONGEST_LABEL = 80;
const BUTTONS_PER_ROW = 5;

/** A button. Plain data as Discord takes it: the builders check again what the types here ensure, at a price. */
export function button(id: string, label: string, style: Button['style'] = ButtonStyle.Secondary): Button {
  return { type: ComponentType.Button, custom_id: id, label: shorten(label, LONGEST_LABEL), style };
}

/** Puts buttons into as many rows as they need. */
export function buttonRows<Kind extends Button | LinkButton>(buttons: readonly Kind[]): ButtonRow<Kind>[] {
  const count = Math.ceil(buttons.length / BUTTONS_PER_ROW);
  return Array.from({ length: count }, (_, index) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(index * BUTTONS_PER_ROW, (index + 1) * BUTTONS_PER_ROW),
  }));
}

/** A select fills a row. */
export function selectRow(select: Select): APIActionRowComponent<Select> {
  return { type: ComponentType.ActionRow, components: [select] };
}

/** The custom ids in rows of components, in order, ours or as Discord gives them back. */
export function everyCustomId(
  rows: readonly { readonly components?: readonly { readonly custom_id?: string }[] }[],
): string[] {
  return rows.flatMap(({ components = [] }) => components.flatMap(({ custom_id: id }) => id ?? []));
}
