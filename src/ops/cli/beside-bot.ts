import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { loadConfig } from '../../config/load.ts';
import { createEventBus } from '../../events/bus.ts';
import { systemClock } from '../../world/clock.ts';
import { openToRead } from '../../world/database.ts';
import { World } from '../../world/world.ts';
import { UsageError } from './command.ts';

/** Where the world is. */
export function worldFile(): string {
  const file = join(loadConfig().dataDir, 'world.sqlite');
  if (!existsSync(file))
    throw new UsageError(`There is no world at ${file} yet: start the bot once, or set DATA_DIR.`);
  return file;
}

/** Works beside the bot, which owns the world: it takes no lock and writes through the same transactions. */
export function withWorld<Result>(act: (world: World) => Result): Result {
  const { development } = loadConfig();
  const world = new World({
    file: worldFile(),
    clock: systemClock(development.clockOffset),
    dispatcher: createEventBus(),
    lock: false,
  });
  try {
    return act(world);
  } finally {
    world.close();
  }
}

/** Reads beside the bot, or while it is stopped, and can write nothing. */
export function withReader<Result>(look: (db: BetterSQLite3Database, now: number) => Result): Result {
  const { development } = loadConfig();
  const database = openToRead(worldFile());
  try {
    return look(drizzle(database), systemClock(development.clockOffset).now());
  } finally {
    database.close();
  }
}
