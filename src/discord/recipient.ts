import type { ChatInputCommandInteraction } from 'discord.js';
import { refuse } from '../game/refusal.ts';

declare module '../game/refusal.ts' {
  interface Refusals {
    giftToBot: { userId: string };
    giftToStranger: { userId: string };
  }
}

/**
 * Who is to get something, by the option `user`.
 *
 * @throws Refusal giftToBot or giftToStranger: a bot doesn't play, and Discord lets one pick who isn't in the server
 */
export function recipientIn({ options }: ChatInputCommandInteraction): string {
  const user = options.getUser('user', true);
  if (user.bot) refuse('giftToBot', { userId: user.id });
  if (options.getMember('user') === null) refuse('giftToStranger', { userId: user.id });
  return user.id;
}
