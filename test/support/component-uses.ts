import { ComponentType } from 'discord.js';
import type { InteractionHandle, MessageRecord, Seat } from '../../playground/discord/index.ts';
import { isSelect } from '../../playground/discord/validation/components.ts';
import { everyComponent } from '../../playground/discord/wire/components.ts';
import { parseCustomId } from '../../src/discord/custom-id.ts';
import type { Stage } from './stage.ts';

/** One thing that can be done with a component of a message: a button pressed, something chosen, a form sent. */
export interface ComponentUse {
  /** What it is, for a failing test; the same for what does the same. */
  readonly what: string;
  /** The piece that handles it. */
  readonly handler: string;
  /** Does it, also as somebody who does not see the message. */
  use(seat: Seat, options?: { readonly delivery?: 'once' | 'twice' }): InteractionHandle;
}

/** Everything that can be done with the components of a message. Of what can be chosen in a select, each for itself. */
export function usesOn(stage: Stage, message: MessageRecord): ComponentUse[] {
  return everyComponent(message.components).flatMap((component) => {
    const { custom_id: id, disabled, type } = component;
    if (typeof id !== 'string' || disabled === true) return [];
    const { handler } = parseCustomId(id);
    if (type === ComponentType.Button)
      return [{ what: id, handler, use: (seat, options) => seat.pressRaw(message, id, options) }];
    if (!isSelect(component)) return [];
    return choicesIn(stage, component).map((value) => ({
      what: `${id} ${value}`,
      handler,
      use: (seat, options) => seat.selectRaw(message, component, [value], options),
    }));
  });
}

/** The form that an interaction was answered with, if it was: filled with a number more than what stands in it. */
export function formOf(opened: InteractionHandle): ComponentUse | undefined {
  if (opened.answer?.kind !== 'modal') return undefined;
  const { custom_id: id, components } = opened.answer.modal;
  const fields = everyComponent(components).filter(({ type }) => type === ComponentType.TextInput);
  const values = Object.fromEntries(
    fields.map(({ custom_id: field, value }) => [String(field), otherThan(String(value ?? ''))]),
  );
  return {
    what: id,
    handler: parseCustomId(id).handler,
    use: (seat, options) => seat.submit(opened, values, options),
  };
}

function otherThan(value: string): string {
  if (value === '') return '5';
  return /^\d+$/.test(value) ? String(Number(value) + 1) : value;
}

function choicesIn(stage: Stage, select: Record<string, unknown>): string[] {
  switch (select['type']) {
    case ComponentType.ChannelSelect:
      return [stage.news.id];
    case ComponentType.RoleSelect:
      return [(BigInt(stage.guild.id) + 1n).toString()];
    case ComponentType.UserSelect:
    case ComponentType.MentionableSelect:
      return [stage.mira.id];
    default:
      return (select['options'] as readonly { readonly value: string }[]).map(({ value }) => value);
  }
}
