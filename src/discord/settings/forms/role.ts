import { container } from '@sapphire/framework';
import { ComponentType, roleMention, SelectMenuDefaultValueType } from 'discord.js';
import { refuse } from '../../../game/refusal.ts';
import type { RoleType } from '../../../game/settings/types/role.ts';
import { button, buttonRows, selectRow } from '../../components.ts';
import { describeOption, optionName } from '../options.ts';
import type { FormOf } from '../setting-form.ts';

declare module '../../../game/refusal.ts' {
  interface Refusals {
    everybodysRole: Record<string, never>;
    unknownRole: Record<string, never>;
  }
}

/** A role is picked from those of the server. The one that everybody has gives nobody anything. */
export const roleForm: FormOf<RoleType> = {
  words: ['none'],

  addOptions(subcommand, setting) {
    subcommand.addRoleOption((option) => describeOption(option, setting, setting.option));
    subcommand.addBooleanOption((option) => describeOption(option, setting, `${setting.option}Off`));
  },

  wishOf(options, { option }) {
    if (options.getBoolean(optionName(`${option}Off`)) === true) return () => null;
    const chosen = options.getRole(optionName(option));
    return chosen ? () => chosen.id : undefined;
  },

  text(t, { name }, value) {
    return value === null ? t(`settings:${name}.none`) : roleMention(value);
  },

  range(t) {
    return t('panel:range.role');
  },

  controls({ t, value, id, names }) {
    return [
      selectRow({
        type: ComponentType.RoleSelect,
        custom_id: id.select('choose'),
        placeholder: t('panel:choose.role'),
        ...(value === null || names.role(value) === undefined
          ? {}
          : { default_values: [{ type: SelectMenuDefaultValueType.Role, id: value }] }),
      }),
      ...buttonRows([{ ...button(id.button('off'), t('panel:off')), disabled: value === null }]),
    ];
  },

  answer(_setting, action, [roleId]) {
    if (action === 'off') return () => null;
    return action === 'choose' && roleId !== undefined ? () => roleId : undefined;
  },

  admit(guildId, value) {
    if (value === null) return;
    // Everybody's role has the id of the server ("Permissions", Role Object).
    if (value === guildId) refuse('everybodysRole', {});
    if (!container.serverDirectory.server(guildId)?.roles.cache.has(value)) refuse('unknownRole', {});
  },
};
