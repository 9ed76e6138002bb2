import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sendAsset } from '../../playground/page/assets.ts';
import { Made } from '../../playground/page/made.ts';

/** Something of which each making ends when the test says so. */
function underWay() {
  const makings: PromiseWithResolvers<string>[] = [];
  const made = new Made(() => {
    const making = Promise.withResolvers<string>();
    makings.push(making);
    return making.promise;
  });
  return { made, makings };
}

test('what is made is made once for everybody, until it is forgotten', async () => {
  const { made, makings } = underWay();
  const both = [made.get(), made.get()];
  await Promise.resolve();
  makings[0]?.resolve('first');
  expect(await Promise.all(both)).toEqual(['first', 'first']);
  expect(makings).toHaveLength(1);
});

test('what is forgotten while it is made is made to its end before the next begins', async () => {
  const { made, makings } = underWay();
  const forgotten = made.get();
  made.forget();
  const next = made.get();
  await Promise.resolve();
  expect(makings).toHaveLength(1);
  makings[0]?.resolve('forgotten');
  expect(await forgotten).toBe('forgotten');
  await Promise.resolve();
  expect(makings).toHaveLength(2);
  makings[1]?.resolve('next');
  expect(await next).toBe('next');
  expect(await made.get()).toBe('next');
});

test('what fails is made anew; a forgotten one that fails does not forget the next', async () => {
  const { made, makings } = underWay();
  const forgotten = made.get();
  made.forget();
  const next = made.get();
  await Promise.resolve();
  makings[0]?.reject(new Error('half of it'));
  await expect(forgotten).rejects.toThrow('half of it');
  makings[1]?.resolve('next');
  await next;
  expect(await made.get()).toBe('next');
  expect(makings).toHaveLength(2);

  made.forget();
  const failing = made.get();
  await Promise.resolve();
  makings[2]?.reject(new Error('broken'));
  await expect(failing).rejects.toThrow('broken');
  const mended = made.get();
  await Promise.resolve();
  makings[3]?.resolve('mended');
  expect(await mended).toBe('mended');
});

test('a page that cannot be built is answered with the reason in plain text', async () => {
  const server = createServer((_request, response) =>
    sendAsset(response, '/', () => Promise.reject(new Error('app/main.ts: Unexpected "}"'))),
  ).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // It listens on one.
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect(answer.status).toBe(500);
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await answer.text()).toBe('The page could not be built: app/main.ts: Unexpected "}"');
});
