import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { ByteBudget } from '../../../../src/delivery/chat/byte-budget.js';
import { FetchedMedia } from '../../../../src/delivery/chat/fetched-media.js';
import type { RemoteClient } from '../../../../src/delivery/remote/remote-client.js';
import { RequestError } from '../../../../src/shared/errors.js';

/** A web whose addresses end in how many bytes lie there; it x. */
const remote: Pick<RemoteClient, 'request'> = {
  request(address, { maxBytes }, take) {
    const url = new URL(address);
    const bytes = Number(url.pathname.slice(1));
    const headers = url.hostname === 'chunked' ? {} : { 'content-length': String(bytes) };
    if (bytes > maxBytes) return Promise.reject(new RequestError('url_too_large', 'too large'));
    return take({ url, status: 200, contentType: '', headers, body: Readable.from([Buffer.alloc(bytes)]) });
  },
};
const { signal } = new AbortController();
const size = (bytes: Buffer) => Promise.resolve(bytes.length);

function setUp(totalBytes: number) {
  const budget = new ByteBudget(totalBytes);
  return { budget, fetched: () => new FetchedMedia({ remote, budget, maxBytes: 100 }) };
}

it('holds as many bytes as an answer tells, until they have been used', async () => {
  const { budget, fetched } = setUp(100);
  const used = fetched().with('http://told/60', signal, async (bytes) => {
    expect(() => budget.hold(41)).toThrow(expect.objectContaining({ code: 'chat_busy' }));
    budget.hold(40)();
    return size(bytes);
  });
  expect(await used).toBe(60);
  budget.hold(100)();
});

it('holds the most that may come when an answer tells nothing', async () => {
  const { budget, fetched } = setUp(100);
  const letGo = budget.hold(1);
  const ask = () => fetched().with('http://chunked/10', signal, size);
  await expect(ask()).rejects.toMatchObject({ code: 'chat_busy' });
  letGo();
  expect(await ask()).toBe(10);
});

it('lets the bytes go when they are of no use', async () => {
  const { budget, fetched } = setUp(100);
  const failed = fetched().with('http://told/60', signal, () => Promise.reject(new Error('no picture')));
  await expect(failed).rejects.toThrow('no picture');
  budget.hold(100)();
});

it('takes no more for one request than it may have, and names the address that is too large alone', async () => {
  const { fetched } = setUp(1000);
  const one = fetched();
  await expect(one.with('http://told/101', signal, size)).rejects.toMatchObject({ code: 'url_too_large' });
  expect(await one.with('http://told/60', signal, size)).toBe(60);
  await expect(one.with('http://told/41', signal, size)).rejects.toMatchObject({ code: 'chat_too_large' });
  expect(await one.with('http://told/40', signal, size)).toBe(40);
});
