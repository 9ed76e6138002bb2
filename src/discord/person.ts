import { container } from '@sapphire/framework';
import { userMention } from 'discord.js';
import { isStandIn } from '../game/privacy/stand-in.ts';
import type { Holder } from '../world/ledger.ts';
import type { Translate } from './translate.ts';

/** Somebody whom the world knows: a mention, or a word for who has asked to be forgotten. */
export function personName(t: Translate, userId: string): string {
  return isStandIn(userId) ? t('privacy:formerMember') : userMention(userId);
}

/** Somebody where nothing but text can stand: by the name under which they played last, else by their id. */
export function personLabel(t: Translate, { guildId, userId }: Holder): string {
  if (isStandIn(userId)) return t('privacy:formerMember');
  return container.game.players.portrait(container.world.reader, { guildId, userId }).name ?? userId;
}
