import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { FileOwner } from './files.ts';
import { type Finished, runProgram } from './runProgram.ts';

/** As whom PostgreSQL's programs run. They refuse to run as root. */
export interface ServerUser {
  /** For people, such as "the user postgres". */
  readonly description: string;
  /** Who owns the server's files, seen from here; undefined if that is simply who we are. */
  readonly owner: FileOwner | undefined;
  /** Whether this user may see less than we do, so that paths have to be tried. */
  readonly restricted: boolean;
  run(program: string, parameters: readonly string[], timeout?: number): Promise<Finished>;
}

/** How to leave root: map it to a user in a namespace (files stay root's), or become a system user. */
export type RootMethod = 'map-user' | 'system-user';

const defaultTimeout = 30_000;

/**
 * The users PostgreSQL could run as, the best first.
 *
 * @param methods what to try as root, in this order; tests give one to force it
 */
export async function serverUsers(methods: readonly RootMethod[]): Promise<ServerUser[]> {
  const accounts = await unprivilegedAccounts();
  if (process.getuid?.() !== 0) return haveName() ? [ourselves] : [...accounts.map(mappedTo), ourselves];

  return methods.flatMap((method) => accounts.map(method === 'map-user' ? mappedTo : becoming));
}

const ourselves: ServerUser = {
  description: 'the same user as the bot',
  owner: undefined,
  restricted: false,
  run: (program, parameters, timeout = defaultTimeout) => runProgram(program, parameters, { timeout }),
};

/** A container may run us as a bare number, which initdb refuses. */
function haveName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/**
 * Ourselves under another name: inside a user namespace our files belong to the account, and root has none of its
 * powers. Nothing needs to be copied or given away, but a container may forbid namespaces.
 */
function mappedTo(account: Account): ServerUser {
  const namespace = ['--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--'];
  return {
    description: `ourselves mapped to ${account.name}`,
    owner: undefined,
    restricted: true,
    run: (program, parameters, timeout = defaultTimeout) =>
      runProgram('unshare', [...namespace, program, ...parameters], { timeout }),
  };
}

function becoming(account: Account): ServerUser {
  const { uid, gid } = account;
  return {
    description: `the user ${account.name}`,
    owner: { uid, gid },
    restricted: true,
    run: (program, parameters, timeout = defaultTimeout) =>
      runProgram(program, parameters, { uid, gid, timeout }),
  };
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** A user of our own if an operator made one, then the one that exists for this, then the ones that exist everywhere. */
const preferred = ['forgeling', 'postgres', 'nobody', 'daemon'];

/** Accounts that exist: initdb looks its user's name up and refuses a bare number. */
async function unprivilegedAccounts(): Promise<Account[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const accounts = text.split('\n').flatMap(parseAccount);
  return preferred.flatMap((name) => accounts.filter((account) => account.name === name)).slice(0, 2);
}

function parseAccount(line: string): Account[] {
  const [name, , uid, gid] = line.split(':');
  if (name === undefined || uid === undefined || gid === undefined) return [];

  const account = { name, uid: Number(uid), gid: Number(gid) };
  return account.uid > 0 && account.gid > 0 ? [account] : [];
}
