import { z } from 'zod';

/** A column that holds JSON as text: what reads it takes that for granted. */
export const jsonText = z.string().refine(isJson, 'is no JSON');

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
