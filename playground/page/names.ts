import { ClientRefusal } from '../discord/index.ts';

/** Names that Discord keeps from people (developer docs, "Usernames and Nicknames"). */
const NOBODY_IS_CALLED: readonly string[] = ['everyone', 'here'];

/** A person's name as Discord would take it. @throws ClientRefusal with what is wrong with it */
export function personName(typed: string): string {
  const name = ofLength('A name', typed, 1, 32);
  if (/[@#:]|```/.test(name)) throw new ClientRefusal('A name has no @, # or : and no ``` in it');
  if (NOBODY_IS_CALLED.includes(name.toLowerCase()))
    throw new ClientRefusal(`Discord lets nobody be called "${name}"`);
  return name;
}

/** A server's name. @throws ClientRefusal with what is wrong with it */
export function serverName(typed: string): string {
  return ofLength('A server’s name', typed, 2, 100);
}

/** A role's name. @throws ClientRefusal with what is wrong with it */
export function roleName(typed: string): string {
  const name = ofLength('A role’s name', typed, 1, 100);
  if (NOBODY_IS_CALLED.some((taken) => name.toLowerCase() === `@${taken}`))
    throw new ClientRefusal(`Discord has a role ${name.toLowerCase()} of its own`);
  return name;
}

/** A channel's name, made of what was typed as Discord makes it: "War Room!" is war-room. @throws ClientRefusal */
export function channelName(typed: string): string {
  const name = typed
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/gu, '-')
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Join_Control}_-]+/gu, '')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^-|-$/g, '');
  return ofLength('A channel’s name', name, 1, 100);
}

/** What a channel is for; nothing at all where nothing was typed. @throws ClientRefusal when it is too long */
export function channelTopic(typed: string): string | undefined {
  const topic = ofLength('A channel’s topic', typed, 0, 1_024);
  return topic === '' ? undefined : topic;
}

function ofLength(what: string, typed: string, least: number, most: number): string {
  const text = typed.trim();
  const length = [...text].length;
  if (length >= least && length <= most) return text;
  throw new ClientRefusal(`${what} has ${least} to ${most} characters, this one has ${length}`);
}
