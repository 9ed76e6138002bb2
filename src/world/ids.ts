import { createHash } from 'node:crypto';

/**
 * Derives an id from what caused it, so that doing a thing again makes the same ids (rule R5).
 *
 * @param parts what tells this thing from every other; their order counts
 * @returns 22 characters (132 bits) that are safe in a job key, a custom id and a URL
 */
export function deriveId(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
