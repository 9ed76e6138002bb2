import type { DeedRequests, MessageView, Outcome, Place } from '../page/protocol.ts';
import { say } from './notice.ts';
import { dropMessage } from './reading.ts';
import { showEnd } from './scroll.ts';
import { tell, Unanswered, wordsFor } from './server.ts';
import { changed, names, state } from './state.ts';

let lineId = 0;

/** Who does it, and where. */
export function place(): Place {
  return { as: state.me, channel: state.channelId };
}

/**
 * Presses a button, or chooses in a select, of a message.
 *
 * @returns whether the bot has answered
 */
export async function use(
  message: MessageView,
  customId: string,
  values?: readonly string[],
): Promise<boolean> {
  const key = busyKey(message.id, customId);
  if (state.busy.has(key)) return false;
  setBusy(key, true);
  const at = place();
  try {
    const what = { ...at, message: message.id, customId };
    finish(at, await (values ? tell('select', { ...what, values }) : tell('press', what)));
    return true;
  } catch (error) {
    addLine(at, 'This interaction failed', wordsFor(error));
    return false;
  } finally {
    setBusy(key, false);
  }
}

/** What a component that waits for an answer is remembered under. */
export function busyKey(messageId: string, customId: string): string {
  return `${messageId}/${customId}`;
}

/**
 * Runs a command, with a line while the bot has not answered, and another one if it does not.
 *
 * @throws Refused, with what was wrong with it
 */
export async function run(
  command: string,
  options: NonNullable<DeedRequests['command']['options']>,
): Promise<void> {
  const at = place();
  const title = `${names.person(at.as)} used ${command}`;
  const line = addLine(at, title, 'Sending command…', true);
  showEnd();
  try {
    finish(at, await tell('command', { ...at, command, options }));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    addLine(at, title, error.message);
  } finally {
    dropLine(line);
  }
}

/** Sends the form that is open. It stays open, with what was wrong, until the bot has taken it. */
export async function submit(values: DeedRequests['submit']['values']): Promise<void> {
  const { form } = state;
  if (!form || form.isSending) return;
  const sending = { ...form, isSending: true, trouble: '' };
  state.form = sending;
  changed();
  const at = place();
  try {
    const answer = await tell('submit', { ...at, interaction: form.interactionId, values });
    // The browser gives the focus back to where it was.
    if (state.form === sending) document.querySelector<HTMLDialogElement>('dialog[open]')?.close();
    finish(at, answer);
  } catch (error) {
    if (state.form === sending) state.form = { ...form, trouble: wordsFor(error) };
    changed();
  }
}

/** Adds a reaction, or takes one's own back. */
export async function react(message: MessageView, emoji: string, remove: boolean): Promise<void> {
  await tell('react', { ...place(), message: message.id, emoji, remove }).catch(say);
}

/** Takes an ephemeral message off the page. */
export function dismiss(messageId: string): void {
  state.dismissed.add(messageId);
  dropMessage(messageId);
  // The button that was pressed goes with it.
  document.getElementById('box')?.focus();
}

/** Takes a line of the page's own away. */
export function dropLine(id: number): void {
  state.lines = state.lines.filter((line) => line.id !== id);
  changed();
}

function setBusy(key: string, isBusy: boolean): void {
  const busy = new Set(state.busy);
  if (isBusy) busy.add(key);
  else busy.delete(key);
  state.busy = busy;
  changed();
}

function isHere({ as, channel }: Place): boolean {
  return as === state.me && channel === state.channelId;
}

function addLine(at: Place, title: string, words: string, isWaiting = false): number {
  const id = ++lineId;
  const afterId = isHere(at) ? (state.messages.at(-1)?.id ?? '0') : undefined;
  if (at.as === state.me)
    state.lines = [...state.lines, { id, channelId: at.channel, title, words, isWaiting, afterId }];
  changed();
  return id;
}

/** A form opens for who asked for it, if they are still there. */
function finish(at: Place, answer: Outcome): void {
  if (answer.kind !== 'modal' || !isHere(at)) return;
  state.form = { modal: answer.modal, interactionId: answer.interactionId, trouble: '', isSending: false };
  changed();
}
