import type { APIEmbedField } from 'discord.js';
import { fitLines, shorten } from './shorten.ts';
import type { Translate } from './translate.ts';

/** Discord's limits for a field ("Embed Limits"). */
const LONGEST_NAME = 256;
const LONGEST_VALUE = 1_024;

/** A field of an embed with as many lines as fit into it, and how many more there are. */
export function listField(t: Translate, name: string, lines: readonly string[]): APIEmbedField {
  const value = fitLines(lines, LONGEST_VALUE, (left) => t('browse:more', { count: left }));
  return { name: shorten(name, LONGEST_NAME), value };
}
