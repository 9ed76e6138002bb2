/**
 * Opens a closed select at the keys by which a browser would choose in it unseen. Each of those would count as a choice,
 * and send it, on the way to the one that is meant.
 */
export function openBeforeChoosing(event: KeyboardEvent): void {
  const select = event.currentTarget as HTMLSelectElement;
  const chooses = ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageUp', 'PageDown'].includes(event.key);
  const isLetter = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey;
  if (select.multiple || (!chooses && !isLetter)) return;
  event.preventDefault();
  select.showPicker();
}

/** A press on one of several chooses it, or takes it back, as in Discord; by itself a browser would forget the others. */
export function toggleOnPress(event: MouseEvent): void {
  if (event.button !== 0) return;
  const select = event.currentTarget as HTMLSelectElement;
  const { target: option } = event;
  if (!select.multiple || !(option instanceof HTMLOptionElement)) return;
  event.preventDefault();
  const { scrollTop } = select;
  option.selected = !option.selected;
  select.focus();
  // What was pressed stays where it is.
  select.scrollTop = scrollTop;
}
