import { defineSetting } from '../settings/definitions.ts';
import { language } from '../settings/types/language.ts';
import { role } from '../settings/types/role.ts';

/** In which language a server is told things; null: in the one that it has chosen at Discord. */
export const serverLanguage = defineSetting({
  name: 'serverLanguage',
  area: 'server',
  option: 'language',
  emoji: '🗣️',
  type: language(),
  default: null,
});

/**
 * Whoever has this role may do what needs the Manage Server permission otherwise; null: nobody beside. Who has only the
 * role must not be able to hand it on.
 */
export const managerRole = defineSetting({
  name: 'managerRole',
  area: 'server',
  option: 'managers',
  emoji: '🛡️',
  type: role(),
  default: null,
  isReserved: true,
});
