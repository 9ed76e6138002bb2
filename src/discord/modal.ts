import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { shorten } from './shorten.ts';

/** Discord's limits ("Modal", "Label", "Text Input"). */
const LONGEST_TITLE = 45;
const LONGEST_LABEL = 45;
const LONGEST_HINT = 100;

/** One line to type. */
export interface Field {
  readonly id: string;
  readonly label: string;
  /** How it is to be written. */
  readonly hint: string;
  /** What stands there already. */
  readonly value: string;
  readonly longest: number;
  readonly required?: boolean;
}

/** What is asked in a modal. */
export interface Question {
  readonly title: string;
  readonly fields: readonly Field[];
  /** What is done with what is typed, where that is another action than the one that asks. */
  readonly action?: string;
}

/** Makes a modal as Discord takes it. @param id who handles what is typed, and what it is about */
export function modal(
  id: string,
  { title, fields }: Pick<Question, 'title' | 'fields'>,
): APIModalInteractionResponseCallbackData {
  return { custom_id: id, title: shorten(title, LONGEST_TITLE), components: fields.map(labelled) };
}

function labelled({ id, label, hint, value, longest, required = true }: Field): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: shorten(label, LONGEST_LABEL),
    description: shorten(hint, LONGEST_HINT),
    component: {
      type: ComponentType.TextInput,
      custom_id: id,
      style: TextInputStyle.Short,
      max_length: longest,
      required,
      ...(value === '' ? {} : { value }),
    },
  };
}
