import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts a small file in place, whole or not at all, readable by its owner only; its folder need not be there yet.
 *
 * At once and not later: two of them never overtake each other, and one that is written at the end is there.
 */
export function replaceFile(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.new`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
