import type { ChatInputCommandInteraction, SlashCommandSubcommandBuilder } from 'discord.js';
import type { SettingDefinition } from '../../game/settings/definitions.ts';
import type { SettingType, ValueOf } from '../../game/settings/setting-type.ts';
import type { ComponentRow } from '../components.ts';
import type { Question } from '../modal.ts';
import type { Translate } from '../translate.ts';

/** A setting of a type. */
export type SettingOf<Type extends SettingType> = SettingDefinition<ValueOf<Type>, Type>;

/** What a change may depend on besides what was before. */
export interface Moment {
  /** Milliseconds UTC. */
  readonly now: number;
  /** The clock that the server goes by. */
  readonly timeZone: string;
}

/** What somebody wants a setting to be, by what it is when the change is made. It may throw a Refusal. */
export type Wish<Value> = (before: Value, moment: Moment) => Value;

/** A setting as the panel shows it to somebody. */
export interface Look<Setting = SettingDefinition, Value = unknown> {
  readonly t: Translate;
  readonly setting: Setting;
  readonly value: Value;
  /** Milliseconds UTC. */
  readonly now: number;
  /** The custom id of one of its components, by what it does. */
  readonly id: {
    /** Changes it at once. */
    readonly button: (action: string) => string;
    /** Asks in a modal, see {@link SettingForm.question}. */
    readonly asking: (action: string) => string;
    readonly select: (action: string) => string;
  };
  /** How what it names is called in the server, where that is known. */
  readonly names: {
    readonly channel: (id: string) => string | undefined;
    readonly role: (id: string) => string | undefined;
  };
}

/**
 * How settings of one type are asked for and shown: the options of a command, the components of the panel, the words. A
 * type is described in `src/game/settings/types`, its form in a file of the same name in `forms`.
 */
export interface SettingForm<Setting = SettingDefinition, Value = unknown> {
  /** The texts that each setting of this type has in `settings.json` beside its name and description. */
  readonly words: readonly string[];

  /** Adds the options with which it is set to the subcommand of its area. */
  addOptions(subcommand: SlashCommandSubcommandBuilder, setting: Setting): void;

  /**
   * What somebody wants by those options; undefined where they said nothing of it.
   *
   * @throws Refusal
   */
  wishOf(options: ChatInputCommandInteraction['options'], setting: Setting): Wish<Value> | undefined;

  /**
   * A value in words, within a sentence or a line.
   *
   * @param now milliseconds UTC
   */
  text(t: Translate, setting: Setting, value: Value, now: number): string;

  /** What it can be, in words. */
  range(t: Translate, setting: Setting): string;

  /** The rows of components with which it is set in the panel: four at the most. */
  controls(look: Look<Setting, Value>): ComponentRow[];

  /** What is asked in a modal before a component does what it does; undefined where nothing has to be asked. */
  question?(look: Look<Setting, Value>, action: string, chosen: readonly string[]): Question | undefined;

  /**
   * What somebody wants by a component or a modal; undefined where there is no such action.
   *
   * @param chosen what was chosen or typed, which is whatever a client sends
   * @throws Refusal
   */
  answer(setting: Setting, action: string, chosen: readonly string[]): Wish<Value> | undefined;

  /**
   * Makes sure that a value can be used in a server.
   *
   * @throws Refusal
   */
  admit?(guildId: string, value: Value): void;
}

/** The form of a type. */
export type FormOf<Type extends SettingType> = SettingForm<SettingOf<Type>, ValueOf<Type>>;

/** A setting of a type as the panel shows it. */
export type LookOf<Type extends SettingType> = Look<SettingOf<Type>, ValueOf<Type>>;
