import { type Config, SETTINGS } from './schema.ts';
import { type Setting, valueAt } from './settings.ts';

/** What stands where a secret would. */
export const HIDDEN = '[secret]';

/** A shorter one would make the log unreadable wherever its letters stand by chance. */
const SHORTEST_SECRET = 6;

/** Where passwords are in an address: before the last `@`, and in a parameter, as PostgreSQL takes it, too. */
const PASSWORDS = [/(?<=^[a-z][a-z0-9+.-]*:\/\/[^/?#:]*:)[^/?#]+(?=@)/gi, /(?<=[?&]password=)[^&#]+/gi];

/** The value of a setting, for people to read: without what is secret. */
export function shownValue({ secret }: Pick<Setting, 'secret'>, value: unknown): string {
  if (value === undefined) return 'not set';
  if (secret) return HIDDEN;
  return JSON.stringify(typeof value === 'string' ? withoutPasswords(value) : value);
}

/** What must never be logged: the settings that are secret, and the passwords in addresses. */
export function secretsIn(config: Config): string[] {
  const secrets = SETTINGS.flatMap(({ path, secret }) => {
    const value = valueAt(config, path);
    if (typeof value !== 'string') return [];
    return secret ? [value] : passwordsIn(value);
  });
  return secrets.filter((each) => each.length >= SHORTEST_SECRET);
}

function withoutPasswords(text: string): string {
  return PASSWORDS.reduce((shown, password) => shown.replaceAll(password, HIDDEN), text);
}

/** As they are written, and as they are meant. */
function passwordsIn(text: string): string[] {
  const written = PASSWORDS.flatMap((password) => text.match(password) ?? []);
  return [...new Set(written.flatMap((each) => [each, decoded(each)]))];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
