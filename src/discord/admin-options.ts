import type { SlashCommandSubcommandBuilder } from 'discord.js';
import { LARGEST_ADJUSTMENT, LONGEST_REASON } from '../game/admin/adjustments.ts';
import { LONGEST_CHOICE } from './choices.ts';
import { localize } from './localize.ts';

/** The options with which an admin gives something. */
export function grantOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return adjustmentOptions(localize(subcommand, 'commands/admin:grant.'), 'grant');
}

/** The options with which an admin takes something. */
export function takeOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return adjustmentOptions(localize(subcommand, 'commands/admin:take.'), 'take');
}

/** The options with which an admin takes back what was done. */
export function undoOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/admin:undo.').addStringOption((option) =>
    localize(option, 'commands/admin:undo.action.').setAutocomplete(true).setMaxLength(LONGEST_CHOICE),
  );
}

/** The options with which an admin reads the record. */
export function logOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/admin:log.').addUserOption((option) =>
    localize(option, 'commands/admin:log.user.'),
  );
}

/** The options with which an admin asks where something is. */
export function explainOptions(subcommand: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  return localize(subcommand, 'commands/admin:explain.')
    .addUserOption((option) => localize(option, 'commands/admin:explain.user.').setRequired(true))
    .addStringOption((option) =>
      localize(option, 'commands/admin:explain.item.').setAutocomplete(true).setMaxLength(LONGEST_CHOICE),
    );
}

function adjustmentOptions(
  subcommand: SlashCommandSubcommandBuilder,
  name: 'grant' | 'take',
): SlashCommandSubcommandBuilder {
  return subcommand
    .addUserOption((option) => localize(option, `commands/admin:${name}.user.`).setRequired(true))
    .addStringOption((option) =>
      localize(option, `commands/admin:${name}.what.`)
        .setRequired(true)
        .setAutocomplete(true)
        .setMaxLength(LONGEST_CHOICE),
    )
    .addIntegerOption((option) =>
      localize(option, `commands/admin:${name}.amount.`)
        .setRequired(true)
        .setMinValue(1)
        .setMaxValue(LARGEST_ADJUSTMENT),
    )
    .addStringOption((option) =>
      localize(option, `commands/admin:${name}.reason.`).setRequired(true).setMaxLength(LONGEST_REASON),
    );
}
