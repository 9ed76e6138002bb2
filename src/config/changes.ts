import { isDeepStrictEqual } from 'node:util';
import { type Config, SETTINGS } from './schema.ts';
import { shownValue } from './secrets.ts';
import { valueAt } from './settings.ts';

/** What is different between two configurations, without what is secret: a line for each setting, in their order. */
export function changesBetween(before: Config, after: Config): string[] {
  return SETTINGS.flatMap((setting) => {
    const [from, to] = [before, after].map((config) => valueAt(config, setting.path));
    if (isDeepStrictEqual(from, to)) return [];
    const counts = setting.live ? '' : ' (from the next start on)';
    return [`${setting.name}: ${shownValue(setting, from)} → ${shownValue(setting, to)}${counts}`];
  });
}
