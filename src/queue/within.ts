/** Waits until the promise has ended, however it ends, but no longer than this many milliseconds. Never throws. */
export async function within(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([promise.catch(() => undefined), enough]);
  clearTimeout(timer);
}
