import type { Scene } from '../../scenes/scene.ts';
import { readWorld } from '../reading.ts';
import { change } from '../server.ts';
import { state } from '../state.ts';
import { become, lookAround } from '../visit.ts';

/** Remembered by the tab, so that a reload leaves no server behind that nobody closes. */
const REMEMBERED = 'scene-server';

let serverId: string | undefined = sessionStorage.getItem(REMEMBERED) ?? undefined;

/** Opens a server for a scene, with its channels and its people; the one of the scene before is closed. */
export async function setStage({ server, cast, channels }: Scene): Promise<void> {
  await clearStage();
  const [owner, ...others] = await Promise.all(cast.map(findOrAdd));
  if (owner === undefined) throw new Error('A scene needs somebody.');
  const opened = await change('server', { name: server, owner });
  serverId = opened.serverId;
  if (serverId === undefined) throw new Error('The server could not be opened.');
  sessionStorage.setItem(REMEMBERED, serverId);
  for (const person of others) await change('invite', { server: serverId, person });
  for (const name of channels) await change('channel', { server: serverId, name });
  await become(owner, opened.channelId);
}

/** Closes the server of the scene that was played last. */
export async function clearStage(): Promise<void> {
  if (serverId === undefined) return;
  // Somebody else may have deleted it.
  await change('removeServer', { server: serverId }).catch(() => undefined);
  sessionStorage.removeItem(REMEMBERED);
  serverId = undefined;
  await lookAround();
}

/** Goes on as somebody of the cast in a channel of the scene's server. */
export async function goAs(who: string, where: string): Promise<void> {
  const person = state.world?.people.find(({ name }) => name === who);
  if (!person) throw new Error(`There is no ${who}.`);
  if (state.me !== person.id) await become(person.id);
  else await readWorld();
  const server = state.world?.servers.find(({ id }) => id === serverId);
  const channel = server?.channels.find(({ name }) => name === where);
  if (!channel) throw new Error(`${who} sees no #${where}.`);
  await become(person.id, channel.id);
}

async function findOrAdd(name: string): Promise<string> {
  const known = state.world?.people.find((person) => person.name === name && !person.bot);
  const id = known?.id ?? (await change('person', { name })).personId;
  if (id === undefined) throw new Error(`${name} could not come.`);
  return id;
}
