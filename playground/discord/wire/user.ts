import type { UserRecord } from '../model/records.ts';

/** A user as Discord sends it ("User Object"). People have a display name, bots a username only. */
export function userPayload(user: UserRecord) {
  return {
    id: user.id,
    username: user.bot ? user.name : user.name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '_'),
    discriminator: user.bot ? '0001' : '0',
    global_name: user.bot ? null : user.name,
    avatar: null,
    bot: user.bot,
    flags: 0,
    public_flags: 0,
    primary_guild: null,
  };
}
