import type { WorldView } from '../page/protocol.ts';
import { focusBox } from './focus.ts';
import type { DiscordPlace } from './links.ts';
import { news } from './news.ts';
import { notice, say } from './notice.ts';
import { readChannel, readInside, readWorld } from './reading.ts';
import { leaveEnd } from './scroll.ts';
import { ask, listen } from './server.ts';
import { changed, moved, NARROW, placeName, serverWith, state } from './state.ts';

/** Whom and where a newcomer is at first. */
const FIRST_PERSON = 'Mira';
const FIRST_CHANNEL = 'workshop';

let stopListening = () => {};
/** Counts who one was: what was begun as somebody else is not gone on with. */
let visit = 0;

/** Opens the page where the address says, or where a newcomer begins. */
export async function start(): Promise<void> {
  if (matchMedia(NARROW).matches) state.panel = null;
  const { people } = await ask<WorldView>('world', { as: '' });
  const [person = '', channel = FIRST_CHANNEL] = wantedPlace();
  const somebody = people.filter(({ bot }) => !bot);
  const me =
    somebody.find(({ id, name }) => id === person || name === person) ??
    somebody.find(({ name }) => name === FIRST_PERSON) ??
    somebody[0];
  if (!me) throw new Error('There is nobody to be.');
  await become(me.id, channel);
  if (document.activeElement === document.body) focusBox();
}

/**
 * Goes on as another person. Nothing of what the one before saw or had begun stays.
 *
 * @param channel the id or name of where to; else where one is, if that person sees it
 */
export async function become(personId: string, channel?: string): Promise<void> {
  const mine = ++visit;
  state.me = personId;
  state.unread.clear();
  state.form = undefined;
  state.lines = [];
  state.messages = [];
  moved();
  stopListening();
  const listening = listen(personId, { ...news, places }, lost, () => void again().catch(say));
  stopListening = listening.stop;
  // What is said from here on is heard; what was said before is read.
  await listening.opened;
  if (mine !== visit) return;
  await readWorld();
  if (mine !== visit) return;
  await enter(channelFor(channel ?? state.channelId));
  await readInside().catch(say);
}

/** Looks at a channel. */
export async function enter(channelId: string): Promise<void> {
  if (channelId !== state.channelId) moved();
  state.channelId = channelId;
  state.serverId = serverWith(channelId)?.id ?? null;
  state.unread.delete(channelId);
  state.placesShown = false;
  state.messages = [];
  changed();
  history.replaceState(null, '', `${location.pathname}#${state.me}/${channelId}`);
  document.title = `${placeName() || 'Forgeling'} · Forgeling playground`;
  await readChannel();
}

/** Goes where a link or a mention leads, if that can be seen, and says so if not. */
export async function goTo({ channelId, messageId }: DiscordPlace): Promise<void> {
  if (!serverWith(channelId) && state.world?.direct !== channelId) {
    notice('You do not see that channel');
    return;
  }
  // It may be a form that named it.
  state.form = undefined;
  await enter(channelId);
  const message = messageId === undefined ? null : document.getElementById(`message-${messageId}`);
  if (message) {
    leaveEnd();
    message.scrollIntoView();
  }
  focusBox();
}

/** Reads who and what is there, and goes elsewhere if where one is, is gone. */
export async function lookAround(): Promise<void> {
  await readWorld();
  const isGone = !serverWith(state.channelId) && state.world?.direct !== state.channelId;
  if (state.channelId !== '' && isGone) await enter(channelFor(''));
}

function places(): void {
  void lookAround().catch(say);
}

function lost(): void {
  state.isLost = true;
  changed();
}

async function again(): Promise<void> {
  state.isLost = false;
  await lookAround();
  await readChannel();
  await readInside();
}

/** Where a person begins who sees no channel of this id or name. */
function channelFor(wanted: string): string {
  const { servers = [], direct = null } = state.world ?? {};
  if (wanted !== '' && wanted === direct) return wanted;
  const channels = servers.flatMap((server) => server.channels);
  const found =
    channels.find(({ id }) => id === wanted) ?? channels.find(({ name }) => name === wanted) ?? channels[0];
  return found?.id ?? direct ?? '';
}

/** The person and the channel that the address names: `#Mira/workshop`, by name or id. */
function wantedPlace(): string[] {
  try {
    return location.hash.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return [];
  }
}
