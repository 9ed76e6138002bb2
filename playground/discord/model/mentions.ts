import type { APIAllowedMentions } from 'discord-api-types/v10';
import type { Pinged } from './records.ts';

/** What the author may ping, asked of the place where the message stands. */
export interface MentionRules {
  readonly userExists: (userId: string) => boolean;
  /** A role that exists and that the author may mention. */
  readonly roleMentionable: (roleId: string) => boolean;
  readonly mayMentionEveryone: boolean;
}

export const NOBODY: Pinged = { userIds: [], roleIds: [], everyone: false };

/**
 * Who is notified by a text: what it mentions, cut down to what `allowed_mentions` lets through (developer docs,
 * "Allowed Mentions Object") and to what the author may ping. Without `allowed_mentions` everything is let through.
 */
export function pingedBy(text: string, allowed: APIAllowedMentions | undefined, rules: MentionRules): Pinged {
  const userIds = mentionedIds(text, /<@!?(\d+)>/g).filter(rules.userExists);
  const roleIds = mentionedIds(text, /<@&(\d+)>/g).filter(rules.roleMentionable);
  const everyone = /@(everyone|here)\b/.test(text) && rules.mayMentionEveryone;
  if (allowed === undefined) return { userIds, roleIds, everyone };
  const parse: readonly string[] = allowed.parse ?? [];
  return {
    userIds: parse.includes('users') ? userIds : userIds.filter((id) => allowed.users?.includes(id)),
    roleIds: parse.includes('roles') ? roleIds : roleIds.filter((id) => allowed.roles?.includes(id)),
    everyone: everyone && parse.includes('everyone'),
  };
}

function mentionedIds(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
}
