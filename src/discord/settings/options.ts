import type { SharedNameAndDescription } from 'discord.js';
import type { SettingDefinition } from '../../game/settings/definitions.ts';
import { localize } from '../localize.ts';

/** Gives an option of `/config` its words. @param option as it is called in `commands/config.json` */
export function describeOption<Builder extends SharedNameAndDescription>(
  builder: Builder,
  { area }: Pick<SettingDefinition, 'area'>,
  option: string,
): Builder {
  return localize(builder, `commands/config:${area}.${option}.`);
}

/** How an option is called at Discord: `quietFrom` is `quiet-from`. */
export function optionName(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
