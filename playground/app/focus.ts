/** What can be used in a message. */
const CONTROLS = '.components :is(button, select):enabled, .components a[href], .only-you button';

/** Where words are written: free text, or the first option of a command. */
const WRITING = '#write :is(textarea, input[type="text"]):enabled';

/**
 * Draws the page. Where that takes away what the keyboard was at in a message, such as a button that was pressed, the
 * keyboard goes on in the same message, or else in the box.
 */
export function keepFocus(draw: () => void): void {
  const { activeElement } = document;
  const before = activeElement instanceof HTMLElement ? activeElement : undefined;
  const message = before?.closest('#messages > li');
  // Who uses a mouse looks elsewhere, and goes on by typing.
  const isByKeyboard = before?.matches(':focus-visible') ?? false;
  draw();
  if (!message || !isByKeyboard || !isLost(before)) return;
  const left = [...message.querySelectorAll<HTMLElement>(CONTROLS)];
  const same = left.find(({ dataset }) => dataset['customId'] === before?.dataset['customId']);
  const next = same ?? left[0] ?? document.querySelector<HTMLElement>(WRITING);
  next?.focus();
}

/** Somebody who types with the cursor nowhere, types into the box, as in Discord. */
export function typeAnywhere(): void {
  document.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const isLetter = key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
    if (!isLetter || !(target instanceof Element) || takesLetters(target)) return;
    document.querySelector<HTMLElement>(WRITING)?.focus();
  });
}

/** Puts the cursor into the box, for who has a keyboard: on a phone, one would be shown over the messages. */
export function focusBox(): void {
  if (matchMedia('(pointer: fine)').matches) document.querySelector<HTMLElement>(WRITING)?.focus();
}

/**
 * Puts the cursor where the focus is. A dialog that closes gives back only the focus (Chromium): keys would arrive, and
 * nothing would be typed.
 */
export function takeCursor(): void {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || !activeElement.matches(WRITING)) return;
  activeElement.blur();
  activeElement.focus();
}

function takesLetters(element: Element): boolean {
  return element.closest('input, textarea, select, dialog, pre') !== null;
}

function isLost(element: HTMLElement | undefined): boolean {
  return !element?.isConnected || element.matches(':disabled');
}
