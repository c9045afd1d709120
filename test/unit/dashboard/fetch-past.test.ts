import { afterEach, expect, it, vi } from 'vitest';
import { fetchPast } from '../../../dashboard/live/fetch-past.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A server that tells a topic from the number that is asked for on, in pieces of seven letters, and never ends. */
function serve(first: number) {
  const told = { last: 0, isOver: false, asked: '' };
  vi.stubGlobal('sessionStorage', { getItem: () => 'pali_key' });
  vi.stubGlobal('fetch', (path: string) => {
    told.asked = path;
    const after = Number(new URL(path, 'http://server').searchParams.get('after'));
    let seq = Math.max(first, after + 1);
    const gap = { type: 'event', event: { kind: 'gap', from: after + 1, to: first - 1 } };
    let text = after + 1 < first ? `: alive\n\nevent: gap\ndata: ${JSON.stringify(gap)}\n\n` : '';
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (text.length < 7) {
          const event = { kind: 'caption', text: `a cow ü ${seq}` };
          const message = { type: 'event', seq, at: new Date(seq).toISOString(), event };
          text += `id: ${seq}\nevent: caption\ndata: ${JSON.stringify(message)}\n\n`;
          told.last = seq++;
        }
        controller.enqueue(new TextEncoder().encode(text.slice(0, 7)));
        text = text.slice(7);
      },
      cancel: () => {
        told.isOver = true;
      },
    });
    return Promise.resolve(new Response(body));
  });
  return told;
}

const { signal } = new AbortController();

it('gives a stretch of a topic, and reads no further', async () => {
  const told = serve(1);
  const past = await fetchPast('streams/a', 30, 90, signal);
  expect(past.map(({ seq }) => seq)).toEqual(Array.from({ length: 61 }, (_, index) => 30 + index));
  expect(past[0]).toEqual({ seq: 30, atMs: 30, event: { kind: 'caption', text: 'a cow ü 30' } });
  expect(told.asked).toBe('/v1/streams/a/events?after=29');
  expect(told.last).toBeLessThan(95);
  await vi.waitFor(() => {
    expect(told.isOver).toBe(true);
  });
});

it('gives what is left of a stretch, and nothing of one that is not kept any more', async () => {
  serve(60);
  expect((await fetchPast('streams/a', 30, 62, signal)).map(({ seq }) => seq)).toEqual([60, 61, 62]);
  expect(await fetchPast('streams/a', 30, 50, signal)).toEqual([]);
});

it('fails with what the server says when it refuses', async () => {
  serve(1);
  const error = { code: 'stream_not_found', message: 'there is no stream "a"' };
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ error }), { status: 404 })));
  await expect(fetchPast('streams/a', 1, 2, signal)).rejects.toMatchObject({ status: 404, ...error });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 503 })));
  await expect(fetchPast('streams/a', 1, 2, signal)).rejects.toMatchObject({ status: 503, code: 'http_503' });
});
