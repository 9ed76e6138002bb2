import { ComponentType } from 'discord-api-types/v10';
import { ClientRefusal } from './refusal.ts';
import type { Lookup, Resolved } from './resolved.ts';

type Component = Readonly<Record<string, unknown>>;

/**
 * What a person chose in a select, as it is sent: options by value or label, users, channels and roles by id or name.
 *
 * @throws ClientRefusal when that is not to be chosen
 */
export function chosenValue(select: Component, value: string, lookup: Lookup, resolved: Resolved): string {
  const types: unknown = select['channel_types'];
  switch (select['type']) {
    case ComponentType.UserSelect:
      return lookup.user(value, resolved);
    case ComponentType.RoleSelect:
      return lookup.role(value, resolved);
    case ComponentType.MentionableSelect:
      return lookup.mentionable(value, resolved);
    case ComponentType.ChannelSelect:
      return lookup.channel(value, resolved, Array.isArray(types) ? types.map(Number) : undefined);
    default:
      return chosenOption(select, value);
  }
}

/** @throws ClientRefusal when fewer or more are chosen than a select takes, or one twice */
export function checkCount(values: readonly string[], least: number, most: number): void {
  if (values.length < least || values.length > most)
    throw new ClientRefusal(`Choose ${least === most ? least : `${least} to ${most}`}, not ${values.length}`);
  if (new Set(values).size < values.length) throw new ClientRefusal('Nothing can be chosen twice');
}

/** The options of a select, a radio group or a checkbox group. */
export function optionsOf({ options }: Component): Component[] {
  return Array.isArray(options)
    ? options.filter((option) => typeof option === 'object' && option !== null)
    : [];
}

function chosenOption(select: Component, wanted: string): string {
  const option = optionsOf(select).find(({ value, label }) => value === wanted || label === wanted);
  if (option) return String(option['value']);
  throw new ClientRefusal(`"${wanted}" is not in this select`);
}
