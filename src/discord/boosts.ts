import { container } from '@sapphire/framework';
import type { APIEmbed } from 'discord.js';
import { isBoosted } from '../game/settings/types/factor.ts';
import { craftingSpeed, xpFactor } from '../game/terms/settings.ts';
import { relativeTime } from './in-words.ts';
import type { Translate } from './translate.ts';

/**
 * Adds to an answer what counts in the server for a while only, and until when: what it promises is reckoned with that
 * already.
 *
 * @param settings those that make a difference for it
 */
export function withBoosts<View extends { readonly embeds: APIEmbed[] }>(
  t: Translate,
  guildId: string,
  view: View,
  settings: readonly (typeof xpFactor)[] = [xpFactor, craftingSpeed],
): View {
  const [embed, ...others] = view.embeds;
  const lines = settings.flatMap((setting) => boostLine(t, guildId, setting));
  if (!embed || lines.length === 0) return view;
  const description = [embed.description ?? [], lines].flat().join('\n');
  return { ...view, embeds: [{ ...embed, description }, ...others] };
}

function boostLine(t: Translate, guildId: string, setting: typeof xpFactor): string[] {
  const { world, game } = container;
  const value = game.settings.get(world.reader, guildId, setting);
  const { boost } = value;
  if (boost === null || !isBoosted(value, world.clock.now())) return [];
  const factor = t('panel:factor.times', { factor: boost.factor });
  return [t(`boosts:${setting.name}`, { factor, endsAt: relativeTime(boost.until) })];
}
