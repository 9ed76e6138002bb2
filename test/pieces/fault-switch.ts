import { existsSync } from 'node:fs';
import { container } from '@sapphire/framework';

/** A fault that a test switches on and off from outside: it is there as long as its file is. */
export function isSwitchedOn(fault: string): boolean {
  const folder = process.env['TEST_FAULTS'];
  if (!folder) throw new Error('TEST_FAULTS names no folder.');
  container.logger.debug(`Is the fault ${fault} there?`);
  return existsSync(`${folder}/${fault}`);
}
