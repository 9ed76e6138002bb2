import { container } from '@sapphire/framework';
import { expect, test } from 'vitest';
import { HOUR } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';
import { MIRAS, NEWS, TellingBench } from '../support/telling.ts';

/** Sends a message again that may have arrived long ago, to an address where nobody answers. */
async function sendAgain(outletId: string) {
  const telling = new TellingBench(await createPieceBench());
  telling.announce(1);
  const { message } = telling.sending();
  telling.bench.clock.advance(HOUR);
  const { signal } = new AbortController();
  return container.channelSender.send({ ...message, outletId }, true, signal);
}

test('whether a message has arrived in a channel that the bot knows nothing of only Discord can say: it stays open while Discord is away', async () => {
  expect(await sendAgain(NEWS)).toMatchObject({ became: 'uncertain' });
});

test('whether a direct message has arrived is looked for, again and again if need be', async () => {
  expect(await sendAgain(MIRAS)).toMatchObject({ became: 'uncertain' });
});
