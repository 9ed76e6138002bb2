import type { PersonalServer } from '../game/privacy/personal-data.ts';
import type { Translate } from './translate.ts';

/** What is stored about somebody as a file for people: each table with what it is for, then its rows. */
export function personalFile(
  t: Translate,
  userId: string,
  servers: readonly PersonalServer[],
  now: number,
): Buffer {
  const content = {
    about: t('privacy:export.about'),
    user: userId,
    madeAt: new Date(now).toISOString(),
    servers: servers.map(({ guildId, tables }) => ({
      server: guildId ?? t('privacy:export.noServer'),
      stored: tables.map(({ table, rows }) => ({ what: t(`privacy:tables.${table}`), table, rows })),
    })),
  };
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`);
}
