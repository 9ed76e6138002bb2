import { parseArgs } from 'node:util';
import type { Delivery } from '../../world/deliveries.ts';
import type { World } from '../../world/world.ts';
import { withWorld } from './beside-bot.ts';
import { run, say, UsageError } from './command.ts';

const USAGE = `npm run deliveries -- list [--pending]
npm run deliveries -- show EVENT LISTENER
npm run deliveries -- replay EVENT LISTENER | --all
npm run deliveries -- discard EVENT LISTENER

  list      the events that a listener failed on for good (--pending: those that are still tried again)
  show      one of them, with the event and the error
  replay    lets the listener try again, with all its attempts; the running bot notices by itself
  discard   gives it up: what the listener would have done will never be done`;

const PAGE = 100;

await run(USAGE, { list, show, replay, discard });

function list(parameters: string[]): number {
  const { values } = parseArgs({ args: parameters, options: { pending: { type: 'boolean' } } });
  const state = values.pending ? 'pending' : 'dead';
  return withWorld((world) => {
    const deliveries = world.deliveries.list(state, PAGE);
    const total = world.deliveries.count()[state];
    if (total === 0) {
      say(
        state === 'dead'
          ? 'No delivery is dead: every listener has done its part, or is still trying.'
          : 'Nothing is being tried again.',
      );
      return 0;
    }
    for (const { eventId, listener, eventName, guildId, attempts, nextAt, lastError } of deliveries) {
      const next = state === 'pending' ? `, next ${new Date(nextAt).toISOString()}` : '';
      say(
        `${eventId} ${listener}  (${eventName} in server ${guildId}, ${attempts} attempts${next})  ${firstLine(lastError)}`,
      );
    }
    if (total > deliveries.length) say(`… and ${total - deliveries.length} more`);
    return 0;
  });
}

function show(parameters: string[]): number {
  return withDelivery(parameters, (world, delivery) => {
    say(JSON.stringify({ ...delivery, event: world.eventLog.find(delivery.eventId) }, null, 2));
  });
}

function replay(parameters: string[]): number {
  if (parameters[0] === '--all') return replayAll();
  return withDelivery(parameters, (world, { eventId, listener }) => {
    world.transact({ cause: `replay:${eventId}` }, () => world.deliveries.replay(eventId, listener));
    say(`${listener} will get ${eventId} again.`);
  });
}

function replayAll(): number {
  return withWorld((world) => {
    const dead = world.deliveries.list('dead', Number.MAX_SAFE_INTEGER);
    world.transact({ cause: 'replay' }, () => {
      for (const { eventId, listener } of dead) world.deliveries.replay(eventId, listener);
    });
    say(`Tried again: ${dead.length}.`);
    return 0;
  });
}

function discard(parameters: string[]): number {
  return withDelivery(parameters, (world, { eventId, listener }) => {
    world.transact({ cause: `discard:${eventId}` }, () => world.deliveries.remove(eventId, listener));
    say(`${listener} will never get ${eventId}.`);
  });
}

function withDelivery(parameters: string[], act: (world: World, delivery: Delivery) => void): number {
  const [eventId = '', listener = ''] = parameters;
  return withWorld((world) => {
    const delivery = world.deliveries.find(eventId, listener);
    if (!delivery)
      throw new UsageError(
        `There is no open delivery of "${eventId}" to "${listener}"; see: npm run deliveries -- list`,
      );
    act(world, delivery);
    return 0;
  });
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
