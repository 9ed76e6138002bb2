import { describe } from '../world/errors.ts';

/** What an operator can do about the errors of the system and of SQLite, by their codes. */
const SENTENCES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The HTTP_PORT is taken by another program: choose another one.',
  EACCES: 'The DATA_DIR may not be written to: change its owner or choose another one.',
  EPERM: 'The DATA_DIR may not be written to: change its owner or choose another one.',
  EROFS: 'The DATA_DIR lies on a file system that cannot be written to: choose another one.',
  ENOTDIR: 'The DATA_DIR lies below something that is not a folder: choose another one.',
  EEXIST: 'The DATA_DIR is not a folder: choose another one.',
  ENOSPC: 'The disk of the DATA_DIR is full.',
  SQLITE_FULL: 'The disk of the DATA_DIR is full.',
  SQLITE_READONLY: 'The world in the DATA_DIR may not be written to: change its owner or its mode.',
  SQLITE_CANTOPEN: 'The world in the DATA_DIR cannot be opened: see who owns it, and whether it is a file.',
  SQLITE_NOTADB: 'The world in the DATA_DIR is not a database: put a backup in its place.',
  SQLITE_CORRUPT: 'The world in the DATA_DIR is damaged: put a backup in its place.',
};

/** One sentence for the operator about an error whose cause they can mend; undefined for any other. */
export function explain(error: unknown): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    const known = Object.keys(SENTENCES).find((name) => code === name || code.startsWith(`${name}_`));
    if (known) return `${SENTENCES[known]} (${describe(cause)})`;
  }
  return undefined;
}
