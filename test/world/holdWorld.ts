import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../../src/world/clock.ts';
import { World } from '../../src/world/world.ts';

// A process that owns a world until it is killed: for the tests of the lock.
const [, , file = ''] = process.argv;
try {
  new World({ file, clock: systemClock(), dispatcher: { dispatch: () => undefined } });
  // Nobody holds on to the world: that must not give it away.
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setInterval(() => undefined, 60_000);
  // The garbage collector's finalizers have run by then.
  setImmediate(() => process.stdout.write('It is mine.\n'));
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
}
