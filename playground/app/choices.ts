import { ComponentType, type LooseComponent } from './discord.ts';
import { currentServer, state } from './state.ts';

/** One line of a select. */
export interface SelectChoice {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly isChosen: boolean;
}

interface Given {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly emoji?: { readonly id?: string; readonly name?: string };
  readonly default?: boolean;
}

/** What a select offers: its own options, or people, roles and channels of the server. */
export function choicesOf(component: LooseComponent): SelectChoice[] {
  const chosen = ((component['default_values'] ?? []) as readonly { readonly id: string }[]).map(
    ({ id }) => id,
  );
  switch (component.type) {
    case ComponentType.UserSelect:
      return marked(people(), chosen);
    case ComponentType.RoleSelect:
      return marked(roles(), chosen);
    case ComponentType.MentionableSelect:
      return marked([...people(), ...roles()], chosen);
    case ComponentType.ChannelSelect:
      return marked(channels(component['channel_types'] as readonly number[] | undefined), chosen);
    default:
      return ((component['options'] ?? []) as readonly Given[]).map(own);
  }
}

/** People whom one can name here: those of the server, or oneself and the bot. */
export function people() {
  const members = currentServer()?.members.map(({ userId }) => userId);
  const here = (state.world?.people ?? []).filter(({ id }) => members?.includes(id) ?? true);
  return here.map(({ id, name, bot }) => ({ label: `@${name}`, value: id, note: bot ? 'app' : '' }));
}

/** Roles of the server. */
export function roles() {
  return (currentServer()?.roles ?? []).map(({ id, name }) => ({
    label: `@${name}`.replace('@@', '@'),
    value: id,
    note: 'role',
  }));
}

/** Channels of the server: of these types, or all where none is asked for. */
export function channels(types: readonly number[] = []) {
  return (currentServer()?.channels ?? [])
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .map(({ id, name, topic }) => ({ label: `#${name}`, value: id, note: topic ?? '' }));
}

function marked(
  choices: readonly Omit<SelectChoice, 'isChosen'>[],
  chosen: readonly string[],
): SelectChoice[] {
  return choices.map((choice) => ({ ...choice, isChosen: chosen.includes(choice.value) }));
}

function own({ label, value, description = '', emoji, default: isChosen = false }: Given): SelectChoice {
  const sign = emoji && !emoji.id ? `${emoji.name} ` : '';
  return { label: `${sign}${label}`, value, note: description, isChosen };
}
