import { type BaseInteraction, PermissionsBitField } from 'discord.js';
import { expect, test } from 'vitest';
import { managerOf } from '../../src/discord/manager.ts';
import { managerRole } from '../../src/game/servers/settings.ts';
import { MIRA } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { refusalOf } from '../support/refusal.ts';

const STEWARDS = '600000000000000002';

/** Somebody without permissions does something; discord.js counts everybody's role among theirs. */
const interaction = {
  guildId: MIRA.guildId,
  user: { id: MIRA.userId },
  memberPermissions: new PermissionsBitField(),
  member: { roles: [MIRA.guildId, STEWARDS] },
} as unknown as BaseInteraction;

test.each([
  ['one of theirs, runs the server', STEWARDS, undefined],
  ["everybody's, runs nothing", MIRA.guildId, 'needsManageServer'],
] as const)('who is there where the manager role is %s', async (_whose, roleId, refusal) => {
  const { act, game } = await createPieceBench();
  act((tx) => game.settings.set(tx, MIRA.guildId, MIRA.userId, managerRole, roleId));
  const manage = () => managerOf(interaction);
  if (refusal) expect(refusalOf(manage).code).toBe(refusal);
  else expect(manage()).toEqual(MIRA);
});
