/** Discord's limit for a custom id ("Component Reference", custom_id). */
const LONGEST = 100;

/**
 * Makes the custom id of a button: who handles it, and what it is about. It travels through the player's client, so
 * everything in it is a claim that the handler checks.
 *
 * @param handler the name of the piece in `src/interaction-handlers`
 */
export function customId(handler: string, ...facts: readonly (string | number)[]): string {
  const id = [handler, ...facts].join(':');
  if (id.length > LONGEST)
    throw new RangeError(`The custom id "${id}" is longer than ${LONGEST} characters.`);
  return id;
}

/** Takes a custom id apart. */
export function parseCustomId(id: string): { readonly handler: string; readonly facts: readonly string[] } {
  const [handler = '', ...facts] = id.split(':');
  return { handler, facts };
}
