/** Discord's limit for a custom id ("Component Reference", custom_id). */
const LONGEST_ID = 100;

/**
 * What somebody typed, so that it can stand at the end of a custom id: as much of it as there is room for, and nothing for
 * a field that is too long.
 *
 * @param id the custom id without it
 */
export function typedFacts(id: string, typed: readonly string[]): string[] {
  let room = LONGEST_ID - id.length - typed.length;
  return typed.map((text) => {
    const fact = Buffer.from(text).toString('base64url');
    if (fact.length > room) return '';
    room -= fact.length;
    return fact;
  });
}

/** What was typed, from a custom id; whatever is no such fact comes out as some text. */
export function typedIn(facts: readonly string[]): string[] {
  return facts.map((fact) => Buffer.from(fact, 'base64url').toString());
}
